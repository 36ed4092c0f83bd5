// Who else looks at a conversation and types in it, in the thread and in the list: asked
// for again when the server says that somebody came, paused or left.

import { piece } from "./asking.js"
import { batched } from "./batching.js"
import { live } from "./live.js"
import { merge } from "./merging.js"
import { Saying } from "./saying-presence.js"

const MOST = 100
const SOON_MS = 150

async function refresh(conversations) {
  const shown = conversations.filter((id) => marksOf(id).length).slice(0, MOST)
  if (!shown.length) return
  const html = await piece(`/presence?ids=${shown}`)
  for (const fresh of html.querySelectorAll(".presence")) {
    for (const mark of marksOf(fresh.dataset.conversation)) show(mark, fresh)
  }
}

function marksOf(conversation) {
  return [...document.querySelectorAll(`.presence[data-conversation="${conversation}"]`)]
}

function show(mark, fresh) {
  merge(mark, fresh.cloneNode(true))
  mark.closest("agent-presence")?.shown()
}

const soon = batched(refresh, { burst: SOON_MS })

live.addEventListener("presence", ({ detail }) => soon(detail.conversation))

/** <agent-presence> shows who else is at the open thread, and says that we are. */
class AgentPresence extends HTMLElement {
  #saying
  #pane

  connectedCallback() {
    this.#pane = this.closest("#pane")
    this.#saying = new Saying(this.dataset.say, this.dataset.csrf)
    this.#pane.addEventListener("input", this.#typed, true)
    this.#pane.addEventListener("change", this.#emptied, true)
    live.addEventListener("resync", this.#resync)
    this.#saying.begin()
  }

  disconnectedCallback() {
    this.#pane.removeEventListener("input", this.#typed, true)
    this.#pane.removeEventListener("change", this.#emptied, true)
    live.removeEventListener("resync", this.#resync)
    this.#saying.end()
  }

  /** Another page of this agent's said that they left; on this one they are still. */
  shown() {
    if (!this.#mark.hasAttribute("data-here")) this.#saying.again()
  }

  get #mark() {
    return this.querySelector(".presence")
  }

  #resync = ({ detail }) => detail.wait(refresh([this.#mark.dataset.conversation]))

  #typed = ({ target }) => {
    if (!target.matches("reply-composer .composer__body")) return
    if (target.value.trim()) this.#saying.types()
    else this.#saying.pauses()
  }

  // What was sent or thrown away is taken out of the box without anybody's typing.
  #emptied = ({ target }) => {
    const box = target.matches("reply-composer .composer__body")
    if (box && !target.value.trim()) this.#saying.pauses()
  }
}

customElements.define("agent-presence", AgentPresence)
