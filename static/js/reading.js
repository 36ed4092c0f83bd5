// Telling the server how far the agent has read: when the end of the thread is in view,
// in a window that is looked at.

import { ask } from "./asking.js"
import { live } from "./live.js"
import { atEnd } from "./scrolling.js"
import { ids } from "./thread-messages.js"

const SEEN_MS = 800

export function reader(thread) {
  const news = thread.matches("[data-unread], [data-named]")
  let read = news ? 0 : thread.newest

  // Somebody about to press Send has not seen what appears in that moment.
  let seeing = null
  const see = () => {
    clearTimeout(seeing)
    seeing = setTimeout(() => {
      if (inView(thread)) thread.composer?.saw(thread.newest)
    }, SEEN_MS)
  }

  const look = async () => {
    see()
    const newest = thread.newest
    const theirs = ids(thread.list, ":is(.message--in, .message--for-me)").at(-1) ?? 0
    if (theirs <= read || !newest || !inView(thread)) return
    const before = read
    read = newest
    const marked = await mark(thread, newest).catch(() => false)
    if (!marked) read = before
  }

  document.addEventListener("visibilitychange", look)
  window.addEventListener("focus", look)
  const stop = () => {
    clearTimeout(seeing)
    document.removeEventListener("visibilitychange", look)
    window.removeEventListener("focus", look)
  }
  return { look, stop }
}

function inView(thread) {
  return document.visibilityState === "visible" && document.hasFocus() && atEnd(thread.box)
}

async function mark(thread, message) {
  const body = new URLSearchParams({ message, csrf_token: thread.dataset.csrf })
  const { ok } = await ask(thread.dataset.mark, { method: "POST", body })
  if (ok) live.tell({ type: "read", conversation: thread.conversation })
  return ok
}
