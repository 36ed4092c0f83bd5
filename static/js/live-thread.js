// <live-thread> keeps the open conversation as it is on the server.

import { ask, piece } from "./asking.js"
import { batched } from "./batching.js"
import { live } from "./live.js"
import { refreshNotices, refreshPane, refuse } from "./pane.js"
import { reader } from "./reading.js"
import { atEnd, keepingPlace, openAt, toEnd } from "./scrolling.js"
import { ids, put } from "./thread-messages.js"

class LiveThread extends HTMLElement {
  #reader
  #missed = 0

  connectedCallback() {
    this.#reader = reader(this)
    live.addEventListener("change", this.#heard)
    live.addEventListener("resync", this.#resync)
    this.addEventListener("submit", this.#retry)
    this.box.addEventListener("scroll", this.#scrolled, { passive: true })
    this.#pill.addEventListener("click", this.#catchUp)
    this.#open()
    live.recent().forEach((detail) => this.#heard({ detail }))
  }

  disconnectedCallback() {
    live.removeEventListener("change", this.#heard)
    live.removeEventListener("resync", this.#resync)
    this.#reader.stop()
  }

  /** Shows messages that came as HTML; `ours` brings the end of the thread into view. */
  show(html, { ours = false } = {}) {
    const fresh = html.querySelector("#messages")
    if (ours && this.#goesOn) return location.assign(this.dataset.page)
    const following = ours || atEnd(this.box)
    const added = keepingPlace(this.box, () => this.#merge(fresh))
    if (ours) toEnd(this.box)
    if (!following || this.#goesOn) this.#count(added.length)
    this.#reader.look()
  }

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

  get #goesOn() {
    return this.querySelector("#newer") !== null
  }

  get #pill() {
    return this.querySelector(".pill")
  }

  #piece(query) {
    return piece(`${this.getAttribute("src")}?${new URLSearchParams(query)}`)
  }

  #fetch = batched(async (keys) => {
    const messages = keys.filter((key) => key !== null)
    if (keys.includes(null)) await refreshPane(this)
    if (messages.length) this.show(await this.#piece({ ids: messages }))
  })

  #heard = ({ detail: { conversation, message } }) => {
    if (conversation === this.conversation) this.#fetch(message)
  }

  #resync = ({ detail }) => {
    detail.wait(this.#catchMissed())
  }

  async #catchMissed() {
    const unsettled = ids(this.list, "[data-open]")
    if (unsettled.length) this.show(await this.#piece({ ids: unsettled }))
    if (this.#goesOn) return
    const missed = await this.#piece({ after: this.newest })
    if (missed.querySelector("#newer")) location.reload()
    else this.show(missed)
  }

  #retry = async (event) => {
    if (!event.target.matches(".retry")) return
    event.preventDefault()
    const form = event.target
    form.querySelector("button").disabled = true
    const body = new URLSearchParams(new FormData(form))
    const answer = await ask(form.action, { method: "POST", body, background: false })
    if (answer.ok) this.show(answer.html, { ours: true })
    else refuse(this, answer)
  }

  #scrolled = () => {
    if (!atEnd(this.box)) return
    if (!this.#goesOn) this.#count(-this.#missed)
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
    this.#reader.look()
  }

  #merge(fresh) {
    const before = this.list.dataset
    const [closed, paused] = [before.closed, "paused" in before]
    for (const { name, value } of fresh.attributes) this.list.setAttribute(name, value)
    this.list.toggleAttribute("data-paused", fresh.hasAttribute("data-paused"))
    if (fresh.dataset.closed !== closed) this.#fetch(null)
    if ("paused" in fresh.dataset !== paused) refreshNotices()
    return put(this.list, fresh, { atEnd: !this.#goesOn, stale: (id) => this.#fetch(id) })
  }

  #count(more) {
    this.#missed = Math.max(0, this.#missed + more)
    const { one, many } = this.#pill.dataset
    this.#pill.textContent = this.#missed === 1 ? one : many.replace("{count}", this.#missed)
    this.#pill.hidden = this.#missed === 0
  }
}

customElements.define("live-thread", LiveThread)
