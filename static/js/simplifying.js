// Typographic letters make a text cost double. What is pasted is made simple at once, with
// a word about it and a way back; what is typed is offered a button that does the same.

import { fancy, plain } from "./plain.js"

export class Simplifier {
  #box
  #fix
  #said
  #back
  #undo = null

  constructor(composer, box) {
    this.#box = box
    this.#fix = composer.querySelector("[data-fix]")
    this.#said = composer.querySelector("[data-part=cleaned]")
    this.#back = composer.querySelector("[data-part=uncleaned]")
    box.addEventListener("paste", this.#pasted)
    box.addEventListener("input", this.#look)
    box.addEventListener("change", this.#look)
    this.#fix.addEventListener("click", this.#simplify)
    this.#back.addEventListener("click", this.#putBack)
    this.#look()
  }

  #look = () => {
    const { value } = this.#box
    this.#fix.hidden = !fancy(value)
    if (this.#undo && !value.includes(this.#undo.simple)) this.#say("", null)
  }

  #pasted = (event) => {
    const original = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n")
    const count = fancy(original)
    if (!count) return
    event.preventDefault()
    const simple = plain(original)
    this.#put(simple, this.#box.selectionStart, this.#box.selectionEnd)
    this.#say(this.#words(count), { original, simple })
  }

  #simplify = (event) => {
    event.preventDefault()
    const original = this.#box.value
    const simple = plain(original)
    this.#put(simple, 0, original.length)
    this.#say(this.#words(fancy(original)), { original, simple })
    this.#box.focus()
  }

  #putBack = () => {
    const { original, simple } = this.#undo
    const start = this.#box.value.lastIndexOf(simple)
    if (start >= 0) this.#put(original, start, start + simple.length)
    this.#say("", null)
    this.#box.focus()
  }

  #put(text, start, end) {
    this.#box.setRangeText(text, start, end, "end")
    this.#box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #words(count) {
    const { one, many } = this.#said.dataset
    return count === 1 ? one : many.replace("{count}", count)
  }

  #say(words, undo) {
    this.#undo = undo
    this.#said.textContent = words
    this.#back.hidden = !undo
  }
}
