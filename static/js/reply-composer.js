// <reply-composer> texts the customer. A reply that was written before something new came
// is held, with what is new; one that has just been sent can be undone for some seconds.

import { selectBlank } from "./blanks.js"
import { Completion } from "./completing.js"
import { Simplifier } from "./simplifying.js"
import "./undo-bar.js"
import { Writer } from "./writer.js"

// What came while one wrote, or that the text takes many parts.
const ASKS = ".outdated"
const SLASH = /(?:^|\s)(\/[\p{L}\p{N}-]{0,30})$/u

class ReplyComposer extends Writer {
  connectedCallback() {
    super.connectedCallback()
    this.#news?.focus()
    if (!this.form) return
    new Simplifier(this, this.box)
    const taken = (start) => selectBlank(this.box, start)
    new Completion(this.box, { url: this.dataset.saved, label: this.dataset.choices, pattern: SLASH, taken })
  }

  /** The agent has had the messages up to `newest` before their eyes for a moment. */
  saw(newest) {
    const seen = this.form?.elements.seen
    if (seen && !this.#news) seen.value = Math.max(Number(seen.value), newest)
  }

  /** Shows why a text was not sent; no `answer` means that none came. */
  refuse(answer) {
    const fresh = answer?.html.querySelector("reply-composer")
    if (!fresh) return super.refuse(answer)
    fresh.hidden = this.hidden
    const other = fresh.dataset.closed !== this.dataset.closed
    if (other || fresh.querySelector(ASKS)) this.replaceWith(fresh)
    else {
      this.say(fresh.querySelector("#problem").textContent)
      this.#nextKey(fresh.querySelector("[name=key]"))
      selectBlank(this.box)
    }
  }

  async submitted(form, button) {
    if (form !== this.form) return this.#takeBack(form, button)
    const answer = await this.send(button)
    this.querySelector("#putting-off").open = !answer.ok && this.#lacksTime(button)
    if (!answer.ok) return this.refuse(answer)
    this.begin("")
    this.form.elements.at.value = ""
    this.#show(answer, { ours: true })
  }

  begin(text) {
    this.#news?.remove()
    super.begin(text)
  }

  typed() {
    this.#news?.remove()
    super.typed()
  }

  enter() {
    if (this.#news) this.#news.focus()
    else super.enter()
  }

  // Tab goes from blank to blank while there are any; then it leaves, as everywhere.
  pressed(event) {
    if (event.key === "Tab" && !event.shiftKey) {
      if (selectBlank(this.box, this.box.selectionEnd)) event.preventDefault()
    }
    const undoes = event.key === "z" && (event.ctrlKey || event.metaKey)
    if (undoes && !this.box.value) this.#undoLast(event)
  }

  clicked(event) {
    const discards = event.target.closest("[data-discard]")
    if (!discards && !event.target.closest("[data-edit]")) return
    event.preventDefault()
    if (discards) this.discard()
    this.#news?.remove()
    this.focus()
  }

  get #news() {
    return this.querySelector(ASKS)
  }

  // Another one where the press before was taken back; else it is the same as here.
  #nextKey(fresh) {
    if (fresh && this.form) this.form.elements.key.value = fresh.value
  }

  #lacksTime(button) {
    return button?.value.endsWith("at") && !this.form.elements.at.value
  }

  async #takeBack(form, button) {
    await this.keeper?.flush()
    const answer = await this.post(form, button)
    if (!answer.ok) return this.refuse(answer)
    const kept = answer.html.querySelector("textarea[name=body]")
    if (kept && this.box) this.begin(kept.value)
    this.#show(answer)
  }

  #undoLast(event) {
    const last = [...this.querySelectorAll(".undo__form")].at(-1)
    if (!last) return
    event.preventDefault()
    last.requestSubmit()
  }

  #show(answer, how) {
    for (const list of ["#undos", "#scheduled"]) {
      this.querySelector(list).replaceWith(answer.html.querySelector(list))
    }
    this.thread.show(answer, how)
  }
}

customElements.define("reply-composer", ReplyComposer)
