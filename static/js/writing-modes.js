// <writing-modes> changes between the reply and the note. Each keeps its own text; only a
// change of mode, never Enter, leads from one to the other.

const KEYS = { r: "reply", n: "note" }

class WritingModes extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked)
    document.addEventListener("keydown", this.#pressed)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed)
  }

  /** Shows the box of "reply" or "note" and goes there. */
  change(mode) {
    for (const link of this.querySelectorAll("[data-mode]")) {
      if (link.dataset.mode === mode) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
    this.querySelector("reply-composer").hidden = mode !== "reply"
    this.querySelector("note-composer").hidden = mode !== "note"
    this.querySelector(`${mode}-composer`).focus()
  }

  #clicked = (event) => {
    const link = event.target.closest("[data-mode]")
    if (!link) return
    event.preventDefault()
    this.change(link.dataset.mode)
  }

  #pressed = (event) => {
    const mode = KEYS[event.key.toLowerCase()]
    if (!event.altKey || event.ctrlKey || event.metaKey || !mode) return
    event.preventDefault()
    this.change(mode)
  }
}

customElements.define("writing-modes", WritingModes)
