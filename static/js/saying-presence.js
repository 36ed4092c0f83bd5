// Telling the server that this agent looks at a conversation or types a reply in it, while
// the page is before their eyes; and, at once, that they paused or left.

import { ask } from "./asking.js"

const LOOKS_MS = 20_000
const TYPES_MS = 5_000
const PAUSE_MS = 8_000

export class Saying {
  #url
  #token
  #doing = "left"
  #beat = null
  #pause = null
  #typedAt = -Infinity
  #told = Promise.resolve()

  constructor(url, token) {
    this.#url = url
    this.#token = token
  }

  begin() {
    document.addEventListener("visibilitychange", this.#look)
    window.addEventListener("pagehide", this.#hide)
    window.addEventListener("pageshow", this.#look)
    this.#look()
  }

  end() {
    document.removeEventListener("visibilitychange", this.#look)
    window.removeEventListener("pagehide", this.#hide)
    window.removeEventListener("pageshow", this.#look)
    this.#leave()
  }

  types() {
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => this.pauses(), PAUSE_MS)
    const now = performance.now()
    if (this.#doing === "typing" && now - this.#typedAt < TYPES_MS) return
    this.#typedAt = now
    this.#say("typing")
  }

  pauses() {
    clearTimeout(this.#pause)
    if (this.#doing === "typing") this.#say("looking")
  }

  again() {
    if (this.#doing !== "left") this.#say(this.#doing)
  }

  #look = () => {
    if (document.visibilityState !== "visible") this.#hide()
    else if (this.#doing === "left") this.#say("looking")
  }

  #hide = () => this.#leave({ atOnce: true })

  #leave(how) {
    clearTimeout(this.#pause)
    if (this.#doing !== "left") this.#say("left", how)
  }

  // It is only a hint: what does not arrive is said again, or forgotten by the server. One
  // waits for the one before, so that they cannot cross; a page that goes away cannot wait.
  #say(doing, { atOnce = false } = {}) {
    this.#doing = doing
    clearInterval(this.#beat)
    if (doing !== "left") this.#beat = setInterval(() => this.again(), LOOKS_MS)
    const body = new URLSearchParams({ doing, csrf_token: this.#token })
    const tell = () => ask(this.#url, { method: "POST", body, keepalive: true }).catch(() => {})
    this.#told = atOnce ? tell() : this.#told.then(tell)
  }
}
