// Putting messages into a thread: each at its place by id, once.

import { merge } from "./merging.js"

/** The ids of the messages in `list`, oldest first. */
export function ids(list, which = "") {
  return messages(list, which).map(idOf)
}

/**
 * Puts every message of `fresh` into `list` and returns those that are news.
 *
 * One newer than all is only put where the thread is shown to its end. `stale` is told
 * of an old attempt that a new one makes look different.
 */
export function put(list, fresh, { atEnd, stale }) {
  const news = []
  for (const message of messages(fresh)) {
    const current = list.querySelector(`#${message.id}`)
    if (current) merge(current, message)
    else if (add(list, message, atEnd)) news.push(message)
    if (!current) tellOldAttempt(list, message, stale)
  }
  return news
}

function messages(list, which = "") {
  return [...list.querySelectorAll(`.message${which}`)]
}

function idOf(message) {
  return Number(message.dataset.id)
}

// Whether it is news. What is older than all that is shown comes with an older page.
function add(list, message, atEnd) {
  const shown = messages(list)
  const later = shown.find((other) => idOf(other) > idOf(message))
  if (later) {
    if (later !== shown[0] || !list.querySelector("#older")) later.before(message)
  } else if (atEnd) {
    list.append(message)
  }
  return !later
}

function tellOldAttempt(list, message, stale) {
  const old = message.dataset.retryOf
  if (old && list.querySelector(`#message-${old} .retry`)) stale(Number(old))
}
