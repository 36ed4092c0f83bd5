// <live-inbox> keeps the list of conversations as it is on the server: rows change in
// place, come, go and move to where they belong in the view that is shown.

import { Gone, piece } from "./asking.js"
import { batched } from "./batching.js"
import { HeldRows } from "./held-rows.js"
import { inTurn } from "./in-turn.js"
import { rowsOf } from "./inbox-rows.js"
import { live } from "./live.js"
import { merge, wire } from "./merging.js"

const FEW = 5
const COUNTS_MS = 2000

class LiveInbox extends HTMLElement {
  #held
  #turn = inTurn()
  #seen = null

  connectedCallback() {
    this.#held = new HeldRows(this)
    live.addEventListener("change", this.#heard)
    live.addEventListener("read", this.#heard)
    live.addEventListener("resync", this.#resync)
    document.body.addEventListener("htmx:afterSettle", this.#swapped)
    document.body.addEventListener("htmx:historyRestore", this.#swapped)
    this.#swapped()
  }

  disconnectedCallback() {
    live.removeEventListener("change", this.#heard)
    live.removeEventListener("read", this.#heard)
    live.removeEventListener("resync", this.#resync)
    document.body.removeEventListener("htmx:afterSettle", this.#swapped)
    document.body.removeEventListener("htmx:historyRestore", this.#swapped)
  }

  get list() {
    return this.querySelector("#conversations")
  }

  /** The rows stand as they should; nobody is left when the last one went. */
  settled() {
    if (!rowsOf(this.list).length) this.#turn(() => this.#refresh()).catch(() => {})
    this.#shown()
  }

  // What changed while another list was on its way may be missing in it.
  #swapped = () => {
    if (this.#seen && this.#seen !== this.list) {
      const changes = live.recent().filter(({ conversation }) => conversation)
      changes.forEach(({ conversation }) => this.#fetch(conversation))
    }
    this.#seen = this.list
    this.#shown()
  }

  #fetch = batched((conversations) =>
    this.#turn(() =>
      conversations.length > FEW ? this.#refresh() : this.#freshen(conversations),
    ),
  )

  #count = batched(
    async () => {
      const html = await piece(`/conversations/tabs?${this.list.dataset.query}`)
      merge(document.querySelector("#tabs"), html.querySelector("#tabs"))
      wire(document.querySelector("#tabs"))
    },
    { burst: COUNTS_MS },
  )

  #heard = ({ detail: { conversation } }) => {
    this.#fetch(conversation)
    this.#count("tabs")
  }

  #resync = ({ detail }) => {
    detail.wait(this.#turn(() => this.#refresh()))
    this.#count("tabs")
  }

  async #freshen(conversations) {
    const { query } = this.list.dataset
    const fresh = await Promise.all(conversations.map((id) => this.#row(id, query)))
    if (query !== this.list.dataset.query) return this.#freshen(conversations)
    if (!this.list.querySelector(".rows__list")) return this.#refresh()
    conversations.forEach((id, at) => {
      this.#held.take(this.list, `conversation-${id}`, fresh[at])
    })
    this.#held.apply()
    this.#shown()
  }

  // What is elsewhere, or somebody else's to see by now, leaves the list.
  async #row(id, query) {
    try {
      const html = await piece(`/conversations/${id}/row?${query}`)
      return html.querySelector(".row")
    } catch (error) {
      if (!(error instanceof Gone)) throw error
      return null
    }
  }

  async #refresh() {
    const { query } = this.list.dataset
    const html = await piece(`/conversations/list?${query}`)
    if (query !== this.list.dataset.query) return this.#refresh()
    if (rowsOf(this.list).length && rowsOf(html).length) this.#update(html)
    else this.#replace(html)
    this.#shown()
  }

  #update(html) {
    this.#held.takeAll(this.list, html)
    this.#held.apply()
  }

  // The element stays: what a search on its way finds will be put in its place.
  #replace(html) {
    merge(this.list, html.querySelector("#conversations"))
    wire(this.list)
  }

  // Which row is open, as what stands beside the list says.
  #shown = () => {
    const open = document.querySelector("#pane")?.dataset.conversation
    for (const row of rowsOf(this)) {
      const link = row.querySelector("a")
      if (row.id === `conversation-${open}`) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
    }
    document.dispatchEvent(new Event("parley:rows"))
  }
}

customElements.define("live-inbox", LiveInbox)
