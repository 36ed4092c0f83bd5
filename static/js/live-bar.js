// <live-bar> says when the page is not live, and when the agent was signed out.

import { live } from "./live.js"

class LiveBar extends HTMLElement {
  #signedOut = false

  connectedCallback() {
    live.addEventListener("state", this.#show)
    live.addEventListener("resync", this.#returned)
    window.addEventListener("parley:signed-out", this.#leave)
    this.#show()
  }

  disconnectedCallback() {
    live.removeEventListener("state", this.#show)
    live.removeEventListener("resync", this.#returned)
    window.removeEventListener("parley:signed-out", this.#leave)
  }

  #leave = () => {
    this.#signedOut = true
    this.#show()
  }

  // Signed in again in another tab: this page's forms are of the old sign-in.
  #returned = () => {
    if (!this.#signedOut) return
    fetch("/notices", { headers: { "HX-Request": "true" } }).then(({ ok }) => {
      if (ok) location.reload()
    })
  }

  #show = () => {
    const words = this.#part("words")
    words.textContent = live.brokenSince
      ? words.dataset.broken.replace("{time}", clock(live.brokenSince))
      : ""
    words.hidden = this.#signedOut
    this.#part("signed-out").hidden = !this.#signedOut
    this.#part("sign-in").hidden = !this.#signedOut
    this.hidden = !this.#signedOut && !live.brokenSince
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`)
  }
}

function clock(time) {
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: document.documentElement.dataset.zone,
  }).format(time)
}

customElements.define("live-bar", LiveBar)
