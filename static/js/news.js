// Telling an agent who looks elsewhere of each new text: a notice of the browser's and a
// sound, as they chose for this browser. What is news, and to whom, the server knows.
// Of several tabs the one that holds the stream tells; what was told is not told again.

import { ask } from "./asking.js"
import { batched } from "./batching.js"
import { live } from "./live.js"
import { showsNotices, soundsOn } from "./news-choices.js"
import { chime } from "./sound.js"

const TOLD = "parley-told"
const REMEMBERED = 100
const MOST = 100

const asked = new Set()

async function tell(messages) {
  const ids = messages.slice(-MOST)
  const { ok, text } = await ask(`/news?ids=${ids}`)
  if (!ok) return
  const fresh = JSON.parse(text).filter(({ id }) => !toldBefore(id))
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

const soon = batched(tell)

live.addEventListener("change", ({ detail: { message } }) => {
  if (!message || !live.leads || asked.has(message)) return
  if (!showsNotices() && !soundsOn()) return
  asked.add(message)
  soon(message)
})
