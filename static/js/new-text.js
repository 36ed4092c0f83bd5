// <new-text> is the form of a first text to a number: the counter says what it costs from
// the line to the number, and typographic letters are made simple as in a reply.

import { priceFor } from "./prices.js"
import "./segment-counter.js"
import { Simplifier } from "./simplifying.js"

class NewText extends HTMLElement {
  #prices

  connectedCallback() {
    this.#prices = JSON.parse(this.dataset.prices)
    new Simplifier(this, this.#box)
    this.addEventListener("input", this.#changed)
    this.#price()
  }

  get #box() {
    return this.querySelector("#body")
  }

  #changed = ({ target }) => {
    if (target === this.#box) this.querySelector("#many-parts")?.remove()
    else this.#price()
  }

  #price() {
    const { line, number } = this.querySelector("form").elements
    const price = priceFor(this.#prices[line.value] ?? {}, number.value)
    this.querySelector("segment-counter").dataset.price = price ? JSON.stringify(price) : ""
    this.#box.dispatchEvent(new Event("change"))
  }
}

customElements.define("new-text", NewText)
