// <segment-counter for="…"> says how many texts a message makes while it is written.
// What is read aloud waits until the writer pauses.

import { line, tooLong } from "./counting.js"

const PAUSE_MS = 1000

class SegmentCounter extends HTMLElement {
  #box
  #words
  #timer

  connectedCallback() {
    this.#words = JSON.parse(this.dataset.words)
    this.#box = document.getElementById(this.getAttribute("for"))
    this.#box.addEventListener("input", this.#count)
    this.#box.addEventListener("change", this.#count)
    this.#count()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#box.removeEventListener("input", this.#count)
    this.#box.removeEventListener("change", this.#count)
  }

  get #price() {
    return this.dataset.price ? JSON.parse(this.dataset.price) : null
  }

  #count = (event) => {
    const text = this.#box.value
    const said = line(text, this.#words, this.#price)
    this.querySelector("#counter").textContent = said
    this.toggleAttribute("data-too-long", tooLong(text, this.#words))
    clearTimeout(this.#timer)
    if (event && text) this.#timer = setTimeout(() => this.#speak(said), PAUSE_MS)
    grow(this.#box)
  }

  #speak(said) {
    this.querySelector("[role=status]").textContent = said
  }
}

// Where the browser does not yet let a field grow with its text.
function grow(box) {
  if (CSS.supports("field-sizing", "content")) return
  box.style.blockSize = "auto"
  box.style.blockSize = `${box.scrollHeight}px`
}

customElements.define("segment-counter", SegmentCounter)
