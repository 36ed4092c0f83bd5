// Ordering a new attempt at a text that failed. The server allows one each, so pressing
// the button twice cannot text the customer twice.

import { ask } from "./asking.js"
import { refuse } from "./pane.js"

export async function tryAgain(thread, form) {
  const button = form.querySelector("button")
  const body = new URLSearchParams(new FormData(form))
  button.disabled = true
  const request = { method: "POST", body, background: false }
  const answer = await ask(form.action, request).catch(() => null)
  if (answer?.ok) return thread.show(answer.html, { ours: true })
  button.disabled = false
  refuse(thread, answer)
}
