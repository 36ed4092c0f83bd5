// <reply-composer> sends a text without leaving the page. The box is emptied only once
// the server has the text; until then the same press of the button is the same text.

import { ask } from "./asking.js"
import * as drafts from "./drafts.js"

const KEY_BYTES = 16
const COARSE = window.matchMedia("(pointer: coarse)")

class ReplyComposer extends HTMLElement {
  #sending = false

  connectedCallback() {
    if (!this.#form) return
    this.addEventListener("submit", this.#submit)
    this.addEventListener("keydown", this.#pressed)
    this.addEventListener("input", this.#keep)
    this.#write(this.#box.value || drafts.load(this.#conversation))
  }

  focus() {
    this.#box?.focus()
  }

  /** Shows why a text was not sent; no `answer` means that none came. */
  refuse(answer) {
    if (!answer) return this.#say(this.dataset.offline)
    const fresh = answer.html.querySelector("reply-composer")
    if (fresh && fresh.dataset.closed !== this.dataset.closed) this.replaceWith(fresh)
    else if (fresh) this.#say(fresh.querySelector("#problem").textContent)
    else this.#say(answer.status === 400 ? this.dataset.old : answer.text)
  }

  get #form() {
    return this.querySelector("form")
  }

  get #box() {
    return this.querySelector("textarea[name=body]")
  }

  get #conversation() {
    return this.dataset.conversation
  }

  #submit = async (event) => {
    event.preventDefault()
    if (this.#sending) return
    this.#wait(true)
    try {
      await this.#send()
    } catch {
      this.refuse(null)
    }
    this.#wait(false)
    this.focus()
  }

  async #send() {
    const body = new URLSearchParams(new FormData(this.#form))
    const answer = await ask(this.#form.action, { method: "POST", body, background: false })
    if (!answer.ok) return this.refuse(answer)
    this.#say("")
    this.#write("")
    this.#form.elements.key.value = freshKey()
    this.closest("#pane").querySelector("live-thread").show(answer.html, { ours: true })
  }

  // Not again while the key is held down, and not when it ends a composed character.
  #pressed = (event) => {
    if (event.key !== "Enter" || event.target !== this.#box) return
    if (event.isComposing || event.keyCode === 229) return
    const sends = event.ctrlKey || event.metaKey || !(event.shiftKey || COARSE.matches)
    if (!sends) return
    event.preventDefault()
    if (!event.repeat) this.#form.requestSubmit()
  }

  #keep = () => {
    drafts.save(this.#conversation, this.#box.value)
  }

  #write(text) {
    this.#box.value = text
    this.#box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #say(sentence) {
    this.querySelector("#problem").textContent = sentence
  }

  #wait(sending) {
    this.#sending = sending
    if (!this.#form) return
    this.#box.readOnly = sending
    this.querySelector("button").setAttribute("aria-disabled", sending)
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

customElements.define("reply-composer", ReplyComposer)
