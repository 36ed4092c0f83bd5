// <live-inbox> keeps the list of conversations as it is on the server: rows change in
// place and move to theirs, but not under a pointer that is about to press one.

import { Gone, piece } from "./asking.js"
import { batched } from "./batching.js"
import { rowsOf, settle, update } from "./inbox-rows.js"
import { live } from "./live.js"
import { wire } from "./merging.js"
import { showUnread } from "./unread.js"

const FEW = 5
const STILL_MS = 1000

class LiveInbox extends HTMLElement {
  #pointerAt = -Infinity
  #settling

  connectedCallback() {
    live.addEventListener("change", this.#heard)
    live.addEventListener("read", this.#heard)
    live.addEventListener("resync", this.#resync)
    this.addEventListener("pointermove", this.#pointed, { passive: true })
    document.body.addEventListener("htmx:afterSettle", this.#shown)
    document.body.addEventListener("htmx:historyRestore", this.#shown)
    this.#shown()
  }

  disconnectedCallback() {
    live.removeEventListener("change", this.#heard)
    live.removeEventListener("read", this.#heard)
    live.removeEventListener("resync", this.#resync)
    document.body.removeEventListener("htmx:afterSettle", this.#shown)
    document.body.removeEventListener("htmx:historyRestore", this.#shown)
  }

  get #list() {
    return this.querySelector("#conversations")
  }

  #fetch = batched(async (conversations) => {
    if (conversations.length > FEW) return this.#refresh()
    const rows = await Promise.all(conversations.map((id) => this.#row(id)))
    for (const html of rows) if (html) this.#update(html)
    this.#shown()
  })

  #heard = ({ detail: { conversation } }) => this.#fetch(conversation)

  #resync = ({ detail }) => {
    detail.wait(this.#refresh())
  }

  // What is somebody else's to see by now leaves the list.
  async #row(id) {
    try {
      return await piece(`/conversations/${id}/row`)
    } catch (error) {
      if (!(error instanceof Gone)) throw error
      this.querySelector(`#conversation-${id}`)?.remove()
    }
  }

  async #refresh() {
    const q = this.#list.dataset.query
    const html = await piece(`/conversations/list?${new URLSearchParams(q ? { q } : {})}`)
    if (q !== this.#list.dataset.query) return
    if (rowsOf(this.#list).length) this.#update(html)
    else this.#replace(html)
    this.#shown()
  }

  #update(html) {
    const list = this.#list.querySelector(".rows__list")
    if (!list) return this.#refresh()
    update(list, rowsOf(html), { only: Boolean(this.#list.dataset.query) })
    this.#settleSoon()
  }

  #replace(html) {
    this.#list.replaceWith(html.querySelector("#conversations"))
    wire(this.#list)
  }

  #settleSoon = () => {
    clearTimeout(this.#settling)
    const wait = this.#pointerAt + STILL_MS - performance.now()
    if (wait > 0) this.#settling = setTimeout(this.#settleSoon, wait)
    else if (!this.#list.dataset.query) settle(this.#list)
  }

  #pointed = () => {
    this.#pointerAt = performance.now()
  }

  // Which row is open, and how many are unread; both follow from what is on the page.
  #shown = () => {
    const open = document.querySelector("#pane")?.dataset.conversation
    for (const row of rowsOf(this)) {
      const link = row.querySelector("a")
      if (row.id === `conversation-${open}`) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
    }
    if (!this.#list.dataset.query) showUnread(rowsOf(this))
  }
}

customElements.define("live-inbox", LiveInbox)
