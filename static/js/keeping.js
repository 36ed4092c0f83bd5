// Keeping what is typed on the server, half a second after a pause, so that it waits for
// its author in its thread, in any browser. Until the server has it, this tab keeps it.

import { ask } from "./asking.js"
import * as drafts from "./drafts.js"

const PAUSE_MS = 500

export class Keeper {
  #url
  #name
  #token
  #told
  #timer = null
  #unsaved = null
  #saving = Promise.resolve()
  #empty = true

  /** `told` hears when there begins or ceases to be anything kept. */
  constructor({ url, token, told }) {
    this.#url = this.#name = url
    this.#token = token
    this.#told = told
  }

  /** What this tab has that the server may not have; else `kept`, what the server has. */
  open(kept) {
    const own = drafts.load(this.#name)
    this.#empty = !kept
    if (own && own !== kept) this.keep(own)
    return own || kept
  }

  keep(text) {
    drafts.save(this.#name, text)
    this.#unsaved = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), PAUSE_MS)
  }

  /** Saves at once what waits; resolves when nothing is under way any more. */
  flush(options) {
    clearTimeout(this.#timer)
    const text = this.#unsaved
    this.#unsaved = null
    if (text !== null) this.#saving = this.#saving.then(() => this.#save(text, options))
    return this.#saving
  }

  /** Lets what is under way end, and begins nothing more until the next `keep`. */
  pause() {
    clearTimeout(this.#timer)
    this.#unsaved = null
    return this.#saving
  }

  /** The server has taken the text, or its author has thrown it away. */
  forget() {
    this.pause()
    drafts.save(this.#name, "")
    this.#tell("")
  }

  async #save(text, options) {
    const body = new URLSearchParams({ body: text, csrf_token: this.#token })
    const request = { method: "POST", body, background: false, ...options }
    const answer = await ask(this.#url, request).catch(() => null)
    if (!answer?.ok) return
    if (drafts.load(this.#name) === text) drafts.save(this.#name, "")
    this.#tell(text)
  }

  #tell(text) {
    const empty = !text.trim()
    if (empty !== this.#empty) this.#told()
    this.#empty = empty
  }
}
