// Keeping what is typed on the server, half a second after a pause, so that it waits for
// its author in its thread, in any browser. Until the server has it, this tab keeps it.

import { ask } from "./asking.js"
import * as drafts from "./drafts.js"

const PAUSE_MS = 500
const TAKEN = 205

// What is under way, by address: a box made anew does not overtake the one before, or what
// was sent or thrown away would come back.
const saving = new Map()

export class Keeper {
  #url
  #name
  #token
  #told
  #taken
  #timer = null
  #unsaved = null
  #empty = true

  /**
   * `told` hears when there begins or ceases to be anything kept, `taken` that a text had
   * reached the server after all, though its author left before there was an answer.
   */
  constructor({ url, token, told, taken }) {
    this.#url = this.#name = url
    this.#token = token
    this.#told = told
    this.#taken = taken
  }

  /** What this tab has that the server may not have; else `kept`, what the server has. */
  open(kept) {
    const own = drafts.load(this.#name)
    this.#empty = !kept
    const text = own || kept
    if (!text) this.sentAs = null
    if ((own && own !== kept) || this.sentAs) this.keep(text)
    if (this.sentAs) this.flush()
    return text
  }

  /** The key under which it was sent, as long as no answer came. */
  get sentAs() {
    return drafts.sentAs(this.#name)
  }

  set sentAs(key) {
    drafts.sending(this.#name, key)
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
    if (text !== null) saving.set(this.#url, this.#underWay.then(() => this.#save(text, options)))
    return this.#underWay
  }

  /** Lets what is under way end, and begins nothing more until the next `keep`. */
  pause() {
    clearTimeout(this.#timer)
    this.#unsaved = null
    return this.#underWay
  }

  /** The server has taken the text, or its author has thrown it away. */
  forget() {
    this.pause()
    drafts.save(this.#name, "")
    this.sentAs = null
    this.#tell("")
  }

  get #underWay() {
    return saving.get(this.#url) ?? Promise.resolve()
  }

  async #save(text, options) {
    const body = new URLSearchParams({ body: text, csrf_token: this.#token, key: this.sentAs ?? "" })
    const request = { method: "POST", body, background: false, ...options }
    const answer = await ask(this.#url, request).catch(() => null)
    if (!answer?.ok) return
    if (answer.status === TAKEN) return this.#taken(text)
    if (drafts.load(this.#name) === text) drafts.save(this.#name, "")
    this.#tell(text)
  }

  #tell(text) {
    const empty = !text.trim()
    if (empty !== this.#empty) this.#told()
    this.#empty = empty
  }
}
