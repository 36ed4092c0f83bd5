// Telling an agent who looks elsewhere of each new text: a notice of the browser's and a
// sound, as they chose for this browser. What is news, and to whom, the server knows.
// Of several tabs the one that holds the stream tells; what was told is not told again.
// After a stream that broke, it asks for what came since the last that it knows of.

import { ask } from "./asking.js"
import { batched } from "./batching.js"
import { live } from "./live.js"
import { showsNotices, soundsOn } from "./news-choices.js"
import { chime } from "./sound.js"

const TOLD = "parley-told"
const KNOWN = "parley-known"
const REMEMBERED = 100
const MOST = 100

const asked = new Set()

async function tell(messages) {
  const ids = messages.slice(-MOST)
  const found = await newsOf(`ids=${ids}`)
  know(ids)
  announce(found)
}

/** Whatever came before an agent wanted to be told is known from now on, and not told. */
export async function beginNews() {
  await newsAfter(0).catch(() => {})
}

// Without anything to compare with, what is there already is known. It is not told, and
// not taken for told: a text that comes meanwhile is still to be.
async function catchUp() {
  const known = localStorage.getItem(KNOWN)
  const found = await newsAfter(known ?? 0)
  if (known !== null) announce(found)
}

async function newsAfter(id) {
  const found = await newsOf(`after=${id}`)
  know(found.map(({ id }) => id))
  return found
}

async function newsOf(query) {
  const { ok, status, text } = await ask(`/news?${query}`)
  if (!ok) throw new Error(`/news answered ${status}`)
  return JSON.parse(text)
}

function know(ids) {
  localStorage.setItem(KNOWN, Math.max(localStorage.getItem(KNOWN) ?? 0, ...ids))
}

function announce(found) {
  const fresh = found.filter(({ id }) => !toldBefore(id))
  if (!fresh.length) return
  if (soundsOn()) chime()
  if (showsNotices()) fresh.forEach(show)
}

function toldBefore(id) {
  const told = JSON.parse(localStorage.getItem(TOLD) ?? "[]")
  if (told.includes(id)) return true
  localStorage.setItem(TOLD, JSON.stringify([...told, id].slice(-REMEMBERED)))
  return false
}

function show({ id, title, text }) {
  const notice = new Notification(title, { body: text, tag: `parley-${id}` })
  notice.onclick = () => {
    notice.close()
    window.focus()
    location.assign(`/messages/${id}`)
  }
}

function wanted() {
  return live.leads && (showsNotices() || soundsOn())
}

const soon = batched(tell)

live.addEventListener("change", ({ detail: { message } }) => {
  if (!message || asked.has(message) || !wanted()) return
  asked.add(message)
  soon(message)
})

live.addEventListener("resync", ({ detail }) => {
  if (wanted()) detail.wait(catchUp())
})
