// Jumping within a thread starts from what is in view: the message that was jumped to,
// or else whatever is shown just now.

document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.matches(".jump__form")) return
  const box = document.querySelector(".thread__scroll")
  const shown = [...box.querySelectorAll(".message")].filter((each) => within(each, box))
  const from = start(shown, new FormData(form, event.submitter).get("to") ?? "")
  if (from) form.elements.from.value = from
})

function start(shown, to) {
  const marked = shown.find((each) => each.matches(":target"))
  if (marked) return marked.dataset.id
  if (!shown.length) return null
  // What is in view, but not yet looked at, counts too.
  return to.endsWith("after")
    ? Number(shown[0].dataset.id) - 1
    : Number(shown.at(-1).dataset.id) + 1
}

function within(message, box) {
  const { top, bottom } = message.getBoundingClientRect()
  const view = box.getBoundingClientRect()
  return bottom > view.top && top < view.bottom
}
