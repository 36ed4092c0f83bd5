// <undo-bar> counts down the seconds in which a text can be undone, and goes when they
// are over. The text leaves then, whether or not anybody has the page open.

const TICK_MS = 200

class UndoBar extends HTMLElement {
  #ends
  #timer

  connectedCallback() {
    this.#ends = performance.now() + this.dataset.seconds * 1000
    this.#timer = setInterval(this.#tick, TICK_MS)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  #tick = () => {
    const left = Math.ceil((this.#ends - performance.now()) / 1000)
    if (left > 0) this.querySelector(".undo__left").textContent = left
    else this.remove()
  }
}

customElements.define("undo-bar", UndoBar)
