// <reply-composer> sends a text without leaving the page. The box is emptied only once
// the server has the text; until then the same press of the button is the same text.

import { ask } from "./asking.js"
import { Keeper } from "./keeping.js"
import { live } from "./live.js"
import "./undo-bar.js"

const KEY_BYTES = 16
const COARSE = window.matchMedia("(pointer: coarse)")

class ReplyComposer extends HTMLElement {
  #sending = false
  #keeper

  connectedCallback() {
    this.addEventListener("submit", this.#submit)
    if (!this.#form) return
    this.#keeper = new Keeper({
      url: this.dataset.kept,
      token: this.#form.elements.csrf_token.value,
      told: () => live.tell({ type: "read", conversation: Number(this.dataset.conversation) }),
    })
    this.addEventListener("keydown", this.#pressed)
    this.addEventListener("click", this.#clicked)
    this.addEventListener("input", this.#typed)
    window.addEventListener("pagehide", this.#leave)
    this.#write(this.#keeper.open(this.#box.value))
    this.#news?.focus()
  }

  disconnectedCallback() {
    window.removeEventListener("pagehide", this.#leave)
    this.#leave()
  }

  focus() {
    this.#box?.focus()
  }

  /** The agent has had the messages up to `newest` before their eyes for a moment. */
  saw(newest) {
    const seen = this.#form?.elements.seen
    if (seen && !this.#news) seen.value = Math.max(Number(seen.value), newest)
  }

  /** Shows why a text was not sent; no `answer` means that none came. */
  refuse(answer) {
    if (!answer) return this.#say(this.dataset.offline)
    const fresh = answer.html.querySelector("reply-composer")
    const other = fresh?.dataset.closed !== this.dataset.closed
    if (fresh && (other || fresh.querySelector("#outdated"))) this.replaceWith(fresh)
    else if (fresh) this.#say(fresh.querySelector("#problem").textContent)
    else this.#say(answer.status === 400 ? this.dataset.old : answer.text)
  }

  get #form() {
    return this.querySelector(".composer__form")
  }

  get #box() {
    return this.querySelector("textarea[name=body]")
  }

  get #news() {
    return this.querySelector("#outdated")
  }

  get #thread() {
    return this.closest("#pane").querySelector("live-thread")
  }

  #submit = async (event) => {
    event.preventDefault()
    if (this.#sending) return
    this.#wait(true)
    try {
      if (event.target.matches(".undo__form")) await this.#undo(event.target)
      else await this.#send()
    } catch {
      this.refuse(null)
    }
    this.#wait(false)
    this.focus()
  }

  async #send() {
    await this.#keeper.pause()
    const body = new URLSearchParams(new FormData(this.#form))
    const answer = await this.#post(this.#form.action, body)
    if (!answer.ok) return this.refuse(answer)
    this.#begin("")
    this.#keeper.forget()
    this.#form.elements.key.value = freshKey()
    this.#show(answer, { ours: true })
  }

  async #undo(form) {
    await this.#keeper?.flush()
    const answer = await this.#post(form.action, new URLSearchParams(new FormData(form)))
    if (!answer.ok) return this.refuse(answer)
    const kept = answer.html.querySelector("textarea[name=body]")
    if (kept && this.#box) this.#begin(kept.value)
    this.#show(answer)
  }

  async #post(url, body) {
    try {
      return await ask(url, { method: "POST", body, background: false })
    } catch (problem) {
      if (this.#box) this.#keeper.keep(this.#box.value)
      throw problem
    }
  }

  #begin(text) {
    this.#say("")
    this.#news?.remove()
    this.#write(text)
  }

  #show(answer, how) {
    this.querySelector("#undos").replaceWith(answer.html.querySelector("#undos"))
    this.#thread.show(answer.html, how)
  }

  // Not again while the key is held down, and not when it ends a composed character.
  #pressed = (event) => {
    if (event.target !== this.#box) return
    if (event.isComposing || event.keyCode === 229) return
    const meta = event.ctrlKey || event.metaKey
    if (event.key === "z" && meta && !this.#box.value) return this.#undoLast(event)
    if (event.key !== "Enter") return
    const sends = meta || !(event.shiftKey || COARSE.matches)
    if (!sends) return
    event.preventDefault()
    if (this.#news) this.#news.focus()
    else if (!event.repeat) this.#form.requestSubmit()
  }

  #undoLast(event) {
    const last = [...this.querySelectorAll(".undo__form")].at(-1)
    if (!last) return
    event.preventDefault()
    last.requestSubmit()
  }

  #clicked = (event) => {
    const discards = event.target.closest("[data-discard]")
    if (!discards && !event.target.closest("[data-edit]")) return
    event.preventDefault()
    if (discards) this.#discard()
    this.#news.remove()
    this.focus()
  }

  #discard() {
    this.#begin("")
    this.#keeper.keep("")
    this.#keeper.flush()
  }

  // Going on with a text that was held for something new is the choice to edit it.
  #typed = () => {
    this.#news?.remove()
    this.#keeper.keep(this.#box.value)
  }

  #leave = () => {
    this.#keeper?.flush({ keepalive: true })
  }

  #write(text) {
    this.#box.value = text
    this.#box.dispatchEvent(new Event("change"))
  }

  #say(sentence) {
    this.querySelector("#problem").textContent = sentence
  }

  #wait(sending) {
    this.#sending = sending
    if (!this.#form) return
    this.#box.readOnly = sending
    this.querySelector(".composer__send").setAttribute("aria-disabled", sending)
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

customElements.define("reply-composer", ReplyComposer)
