// What stands around the messages, fetched again when it may have changed.

import { piece } from "./asking.js"
import { refreshPanel } from "./customer-panel.js"
import { keepingFocus, merge, wire } from "./merging.js"

/** The head (somebody named the customer) and the composer (somebody opted out). */
export async function refreshPane(thread) {
  const html = await piece(thread.dataset.page, { headers: { "HX-Target": "pane" } })
  const pane = thread.closest("#pane")
  showHead(pane, html)
  refreshPanel(pane)
  const taking = pane.querySelector("#taking")
  const freshTaking = html.querySelector("#taking")
  if (taking && freshTaking) merge(taking, freshTaking)
  const composer = html.querySelector("#composer")
  const current = pane.querySelector("#composer")
  composer.hidden = current.hidden
  if (current.dataset.closed !== composer.dataset.closed) {
    keepingFocus(pane.querySelector("#writing"), () => current.replaceWith(composer))
  } else merge(current.querySelector("#scheduled"), composer.querySelector("#scheduled"))
}

/** The head alone: whoever wrote, or decided something, changed what it says. */
export async function refreshHead(thread) {
  showHead(thread.closest("#pane"), await piece(`${thread.dataset.page}/head`))
}

// What somebody is about to choose from is left alone; the server knows what they saw.
function showHead(pane, html) {
  const head = pane.querySelector("#thread-head")
  if (head.querySelector("details[open]")) return
  merge(head, html.querySelector("#thread-head"))
  wire(head)
}

/** Shows why something was not sent; `thread` is anything within the pane. */
export function refuse(thread, answer) {
  thread.closest("#pane").querySelector("reply-composer").refuse(answer)
}
