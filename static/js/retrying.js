// Ordering a new attempt at a text, or saying that it was sent after all. The server
// allows one each, so pressing a button twice cannot text the customer twice.

import { ask } from "./asking.js"
import { refuse } from "./pane.js"

/** Sends one of a message's own forms; only a new attempt is shown at the end. */
export async function settle(thread, form) {
  const button = form.querySelector("button")
  if (button.ariaDisabled) return
  const message = form.closest(".message").id
  const body = new URLSearchParams(new FormData(form))
  button.ariaDisabled = "true"
  const request = { method: "POST", body, background: false }
  const answer = await ask(form.action, request).catch(() => null)
  if (answer?.ok) {
    thread.show(answer, { ours: form.matches(".retry") })
    return focusOn(message)
  }
  button.ariaDisabled = null
  refuse(thread, answer)
}

// The button that was pressed is gone.
function focusOn(message) {
  if (document.activeElement !== document.body) return
  document.querySelector(`#${message} .message__time`)?.focus({ preventScroll: true })
}
