// When htmx gets no page to swap: the browser goes there itself and shows what is wrong,
// and a sign-in that has ended is said like everywhere else.

document.body.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401) {
    window.dispatchEvent(new Event("parley:signed-out"))
  } else if (detail.target.id === "pane") {
    location.assign(detail.pathInfo.requestPath)
  }
})
