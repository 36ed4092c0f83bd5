// A list of ways to go on with a word that was begun in a box: up and down choose, Enter
// or Tab take, Escape closes. The server says what there is.

import { piece } from "./asking.js"

const PAUSE_MS = 80
const STEPS = { ArrowDown: 1, ArrowUp: -1 }
let lists = 0

export class Completion {
  #box
  #url
  #pattern
  #taken
  #list = document.createElement("ul")
  #said = document.createElement("span")
  #begun = null
  #put = null
  #timer

  /** `pattern` finds the begun word before the caret; `taken` hears what was put in. */
  constructor(box, { url, pattern, label, taken = () => {} }) {
    this.#box = box
    this.#url = url
    this.#pattern = pattern
    this.#taken = taken
    Object.assign(this.#list, { className: "choices", id: `choices-${++lists}`, hidden: true })
    this.#list.setAttribute("role", "listbox")
    this.#list.setAttribute("aria-label", label)
    this.#said.className = "visually-hidden"
    this.#said.setAttribute("role", "status")
    box.parentElement.append(this.#list, this.#said)
    box.setAttribute("aria-autocomplete", "list")
    box.setAttribute("aria-controls", this.#list.id)
    box.addEventListener("input", this.#look)
    box.addEventListener("keydown", this.#pressed)
    box.addEventListener("blur", this.#close)
    this.#list.addEventListener("pointerdown", this.#pointed)
  }

  // A line that only says something is no choice.
  get #options() {
    return [...this.#list.children].filter((line) => !line.hasAttribute("aria-disabled"))
  }

  get #chosen() {
    return this.#list.querySelector("[aria-selected=true]")
  }

  #look = () => {
    clearTimeout(this.#timer)
    const before = this.#box.value.slice(0, this.#box.selectionStart)
    this.#begun = before.match(this.#pattern)?.[1] ?? null
    // What was just put in is whole: Enter sends it, and does not put it in again.
    if (this.#begun === null || this.#begun === this.#put) this.#close()
    else this.#timer = setTimeout(this.#fetch, PAUSE_MS)
  }

  #fetch = async () => {
    const begun = this.#begun
    const query = new URLSearchParams({ q: begun.slice(1) })
    const html = await piece(`${this.#url}?${query}`, { background: false }).catch(() => null)
    if (html && begun === this.#begun) this.#open([...html.children])
  }

  #open(lines) {
    this.#list.replaceChildren(...lines)
    const options = this.#options
    options.forEach((option, n) => (option.id = `${this.#list.id}-${n}`))
    this.#list.hidden = lines.length === 0
    this.#said.textContent = options.length ? String(options.length) : this.#list.textContent
    this.#choose(options[0])
  }

  #choose(option) {
    this.#chosen?.removeAttribute("aria-selected")
    option?.setAttribute("aria-selected", "true")
    option?.scrollIntoView({ block: "nearest" })
    if (option) this.#box.setAttribute("aria-activedescendant", option.id)
    else this.#box.removeAttribute("aria-activedescendant")
  }

  #pressed = (event) => {
    if (this.#list.hidden || event.isComposing) return
    const options = this.#options
    if (event.key === "Escape") this.#close()
    else if (!options.length) return
    else if (STEPS[event.key]) {
      const next = options.indexOf(this.#chosen) + STEPS[event.key]
      this.#choose(options.at(next % options.length))
    } else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #pointed = (event) => {
    event.preventDefault()
    const option = event.target.closest("[role=option]:not([aria-disabled])")
    if (option) this.#take(option)
  }

  #take(option) {
    const end = this.#box.selectionStart
    const start = end - this.#begun.length
    this.#box.setRangeText(option.dataset.text, start, end, "end")
    this.#put = option.dataset.text
    this.#close()
    this.#box.dispatchEvent(new Event("input", { bubbles: true }))
    this.#taken(start)
  }

  #close = () => {
    clearTimeout(this.#timer)
    this.#begun = null
    this.#list.hidden = true
    this.#choose(null)
    this.#said.textContent = ""
  }
}
