// Whoever decides something in the head of a thread stays there when it is made anew: not
// on the button that came in the place of theirs, which would do the opposite.

let decided = false

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  decided = target.id === "thread-head" && target.contains(document.activeElement)
})

document.addEventListener("htmx:afterSettle", () => {
  const state = document.querySelector("#state")
  if (!decided || !state || document.activeElement !== document.body) return
  decided = false
  state.tabIndex = -1
  state.focus({ preventScroll: true })
})
