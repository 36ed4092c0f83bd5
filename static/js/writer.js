// What writing a reply and writing a note have in common: a box that is emptied only once
// the server has the text, and until then the same press of the button is the same text.

import { ask } from "./asking.js"
import { Keeper } from "./keeping.js"
import { live } from "./live.js"

const KEY_BYTES = 16
const COARSE = window.matchMedia("(pointer: coarse)")

export class Writer extends HTMLElement {
  keeper
  #sending = false

  connectedCallback() {
    this.addEventListener("submit", this.#submit)
    if (!this.form) return
    this.keeper = new Keeper({
      url: this.dataset.kept,
      token: this.form.elements.csrf_token.value,
      told: () => live.tell({ type: "read", conversation: Number(this.dataset.conversation) }),
      taken: (text) => {
        this.#key.value = freshKey()
        if (this.box.value === text) this.begin("")
      },
      found: (shown, text) => {
        if (this.box.value === shown) this.write(text)
      },
    })
    this.addEventListener("keydown", this.#pressed)
    this.addEventListener("click", (event) => this.clicked(event))
    this.addEventListener("input", () => this.typed())
    window.addEventListener("pagehide", this.#pageLeft)
    this.write(this.keeper.open(this.box.value))
    if (this.keeper.sentAs) this.#key.value = this.keeper.sentAs
  }

  disconnectedCallback() {
    window.removeEventListener("pagehide", this.#pageLeft)
    this.keeper?.flush()
  }

  focus() {
    this.box?.focus()
  }

  /** Shows why it was not taken; no `answer` means that none came. */
  refuse(answer) {
    if (!answer) this.say(this.dataset.offline)
    else this.say(answer.status === 400 ? this.dataset.old : answer.text)
  }

  get form() {
    return this.querySelector(".composer__form")
  }

  get box() {
    return this.querySelector(".composer__body")
  }

  get #key() {
    return this.form.querySelector("[name$=key]")
  }

  get thread() {
    return this.closest("#pane").querySelector("live-thread")
  }

  /** Sends the form; the same text under the same key until the server has taken it. */
  async send(button) {
    await this.keeper.pause()
    this.keeper.sentAs = this.#key.value
    const answer = await this.post(this.form, button)
    this.keeper.sentAs = null
    if (!answer.ok) this.keeper.keep(this.box.value)
    else this.#key.value = freshKey()
    return answer
  }

  async post(form, button = null) {
    const body = new URLSearchParams(new FormData(form, button))
    const url = button?.hasAttribute("formaction") ? button.formAction : form.action
    try {
      return await ask(url, { method: "POST", body, background: false })
    } catch (problem) {
      this.keeper?.keep(this.box.value)
      throw problem
    }
  }

  /** Starts over with `text`, which is what the server keeps by now. */
  begin(text) {
    this.say("")
    this.write(text)
    this.keeper.settle(text)
  }

  discard() {
    this.write("")
    this.keeper.keep("")
    this.keeper.flush()
  }

  typed() {
    this.keeper.keep(this.box.value)
  }

  enter() {
    this.form.requestSubmit()
  }

  pressed() {}

  clicked() {}

  write(text) {
    this.box.value = text
    this.box.dispatchEvent(new Event("change"))
  }

  say(sentence) {
    this.querySelector(".composer__problem").textContent = sentence
  }

  #submit = async (event) => {
    event.preventDefault()
    if (this.#sending) return
    this.#wait(true)
    try {
      await this.submitted(event.target, event.submitter)
    } catch {
      this.refuse(null)
    }
    this.#wait(false)
    this.focus()
  }

  // Not again while the key is held down, and not when it ends a composed character.
  #pressed = (event) => {
    if (event.target !== this.box || event.defaultPrevented) return
    if (event.isComposing || event.keyCode === 229) return
    this.pressed(event)
    if (event.key !== "Enter") return
    const sends = event.ctrlKey || event.metaKey || !(event.shiftKey || COARSE.matches)
    if (!sends) return
    event.preventDefault()
    if (!event.repeat) this.enter()
  }

  // What is being sent is not kept: it would come back as unsent.
  #pageLeft = () => {
    if (!this.#sending) this.keeper.leave()
  }

  #wait(sending) {
    this.#sending = sending
    if (!this.form) return
    this.box.readOnly = sending
    this.querySelector(".composer__send").setAttribute("aria-disabled", sending)
  }
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
