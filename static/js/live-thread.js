// <live-thread> keeps the open conversation as it is on the server.

import { Gone, piece } from "./asking.js"
import { batched } from "./batching.js"
import { inTurn } from "./in-turn.js"
import { live } from "./live.js"
import { turns } from "./midnight.js"
import { refreshHead, refreshPane } from "./pane.js"
import { Pill } from "./pill.js"
import { reader } from "./reading.js"
import { settle } from "./retrying.js"
import { atEnd, keepingPlace, openAt, toEnd } from "./scrolling.js"
import { ids, put } from "./thread-messages.js"

const MOST = 100
const FINE = window.matchMedia("(pointer: fine)")

let opened = 0

class LiveThread extends HTMLElement {
  #reader
  #pill
  #turn = inTurn()
  #dayTurned = turns()
  #askedAt = new WeakMap()

  connectedCallback() {
    this.#reader = reader(this)
    this.#pill = new Pill(this.querySelector(".pill"), this.#catchUp)
    live.addEventListener("change", this.#heard)
    live.addEventListener("resync", this.#resync)
    this.addEventListener("submit", this.#retry)
    this.addEventListener("htmx:beforeSwap", this.#hush)
    this.addEventListener("htmx:afterSettle", this.#hush)
    const pane = this.closest("#pane")
    pane.addEventListener("htmx:beforeRequest", this.#asks)
    pane.addEventListener("htmx:afterSettle", this.#answered)
    this.box.addEventListener("scroll", this.#scrolled, { passive: true })
    this.#open()
    this.#look(0)
  }

  disconnectedCallback() {
    live.removeEventListener("change", this.#heard)
    live.removeEventListener("resync", this.#resync)
    this.#reader.stop()
  }

  /**
   * Shows the messages of an answer; `ours` brings the end of the thread into view. Of
   * what changed since it was asked for, something newer may be shown already.
   */
  show({ html, asked }, { ours = false } = {}) {
    for (const { message } of live.changedSince(asked)) {
      const newer = this.list.querySelector(`#message-${message}`)
      if (newer) html.querySelector(`#message-${message}`)?.remove()
    }
    this.#put(html, ours)
    this.#look(asked)
  }

  #look(since) {
    live.changedSince(since).forEach((detail) => this.#heard({ detail }))
  }

  #put(html, ours = false) {
    const fresh = html.querySelector("#messages")
    if (ours && this.#goesOn) return location.assign(this.dataset.page)
    const following = ours || atEnd(this.box)
    const added = keepingPlace(this.box, () => this.#merge(fresh))
    if (ours) toEnd(this.box)
    if (!following || this.#goesOn) this.#pill.add(added.length)
    if (added.length) this.#freshen("head")
    this.#reader.look()
  }

  #freshen = batched(() => refreshHead(this))

  get conversation() {
    return Number(this.closest("[data-conversation]").dataset.conversation)
  }

  get box() {
    return this.querySelector(".thread__scroll")
  }

  get list() {
    return this.querySelector("#messages")
  }

  /** The newest message, when the thread is shown to its end. */
  get newest() {
    return this.#goesOn ? 0 : (ids(this.list).at(-1) ?? 0)
  }

  get composer() {
    return this.closest("#pane").querySelector("reply-composer")
  }

  get #goesOn() {
    return this.querySelector("#newer") !== null
  }

  #piece(query) {
    return piece(`${this.getAttribute("src")}?${new URLSearchParams(query)}`)
  }

  #fetch = batched((keys) => this.#turn(() => this.#refresh(keys)))

  async #refresh(keys) {
    const messages = keys.filter((key) => key !== null)
    try {
      if (keys.includes(null)) await refreshPane(this)
      if (messages.length) this.#put(await this.#piece({ ids: messages }))
    } catch (error) {
      if (!(error instanceof Gone)) throw error
      location.assign(this.dataset.leave)
    }
  }

  #heard = ({ detail: { conversation, message } }) => {
    if (conversation === this.conversation) this.#fetch(message)
  }

  #resync = ({ detail }) => {
    detail.wait(this.#turn(() => this.#catchMissed()))
  }

  async #catchMissed() {
    const stale = ids(this.list, this.#dayTurned() ? "" : "[data-open]").slice(-MOST)
    if (stale.length) this.#put(await this.#piece({ ids: stale }))
    if (this.#goesOn) return
    const missed = await this.#piece({ after: this.newest })
    if (missed.querySelector("#newer")) location.reload()
    else this.#put(missed)
  }

  #retry = (event) => {
    if (!event.target.matches(".retry, .settling")) return
    event.preventDefault()
    settle(this, event.target)
  }

  // The pane goes when this goes. What stands beside the messages minds itself.
  #asks = ({ detail: { xhr } }) => this.#askedAt.set(xhr, Date.now())

  #answered = ({ target, detail: { xhr } }) => {
    if (!target.closest("#panel")) this.#look(this.#askedAt.get(xhr) ?? Date.now())
  }

  // Older messages are not news: nobody wants fifty of them read aloud.
  #hush = ({ type }) => {
    this.box.setAttribute("aria-live", type === "htmx:beforeSwap" ? "off" : "polite")
    if (document.activeElement === document.body) this.box.focus({ preventScroll: true })
  }

  #scrolled = () => {
    if (!atEnd(this.box)) return
    if (!this.#goesOn) this.#pill.clear()
    this.#reader.look()
  }

  #catchUp = () => {
    if (this.#goesOn) location.assign(this.dataset.page)
    this.box.scrollTo({ top: 0, behavior: "smooth" })
  }

  #open() {
    const line = this.querySelector("#new-since")
    const target = document.getElementById(location.hash.slice(1))
    if (target) target.scrollIntoView({ block: "center" })
    else if (line) openAt(this.box, line)
    // What is all but at the end is shown to the end.
    if (atEnd(this.box)) this.box.scrollTop = 0
    if (opened++ && FINE.matches) requestAnimationFrame(() => this.composer?.focus())
    this.#reader.look()
  }

  #merge(fresh) {
    const closed = this.list.dataset.closed
    for (const { name, value } of fresh.attributes) this.list.setAttribute(name, value)
    if (fresh.dataset.closed !== closed) this.#fetch(null)
    return put(this.list, fresh, { atEnd: !this.#goesOn, stale: (id) => this.#fetch(id) })
  }
}

customElements.define("live-thread", LiveThread)
