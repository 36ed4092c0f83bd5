// Keeping what is typed on the server, half a second after a pause, so that it waits for
// its author in its thread, in any browser. Until the server has it, this tab keeps it.

import { ask } from "./asking.js"
import * as drafts from "./drafts.js"

const PAUSE_MS = 500
const TAKEN = 205
// Browsers let no more outlive a page: 64 KiB of all that is under way.
const OUTLIVES_BYTES = 60_000

// What is under way, by address: a box made anew does not overtake the one before, or what
// was sent or thrown away would come back.
const saving = new Map()

export class Keeper {
  #url
  #name
  #token
  #told
  #taken
  #found
  #timer = null
  #unsaved = null
  #empty = true

  /**
   * `told` hears when there begins or ceases to be anything kept, `taken` that a text had
   * reached the server after all, though its author left before there was an answer, and
   * `found` what the server has instead of what was opened.
   */
  constructor({ url, token, told, taken, found }) {
    this.#url = this.#name = url
    this.#token = token
    this.#told = told
    this.#taken = taken
    this.#found = found
  }

  /**
   * What this tab last knew of the text; `kept`, with which the page came, if it knows
   * nothing. A page may have been made before the server took what was typed last, so
   * where they differ the server is asked.
   */
  open(kept) {
    const own = drafts.load(this.#name)
    this.#empty = !kept
    const text = own ?? drafts.kept(this.#name) ?? kept
    if (!text) this.sentAs = null
    if (own === kept) drafts.settle(this.#name, kept)
    if ((own ?? kept) !== kept || this.sentAs) this.keep(text)
    else if (text !== kept) this.#look(text)
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
  flush() {
    clearTimeout(this.#timer)
    const text = this.#unsaved
    this.#unsaved = null
    if (text !== null) saving.set(this.#url, this.#underWay.then(() => this.#save(text)))
    return this.#underWay
  }

  /** The page goes, and nothing on it can wait: what the server may not have is sent. */
  leave() {
    const text = drafts.load(this.#name)
    if (text !== null) this.#save(text)
  }

  /** Lets what is under way end, and begins nothing more until the next `keep`. */
  pause() {
    clearTimeout(this.#timer)
    this.#unsaved = null
    return this.#underWay
  }

  /** The server has `text` now: none if it has sent it, or its author threw it away. */
  settle(text) {
    this.pause()
    drafts.settle(this.#name, text)
    this.sentAs = null
    this.#tell(text)
  }

  get #underWay() {
    return saving.get(this.#url) ?? Promise.resolve()
  }

  async #save(text) {
    const body = new URLSearchParams({ body: text, csrf_token: this.#token, key: this.sentAs ?? "" })
    const keepalive = body.toString().length < OUTLIVES_BYTES
    const request = { method: "POST", body, background: false, keepalive }
    const answer = await ask(this.#url, request).catch(() => null)
    if (!answer?.ok) return
    if (answer.status === TAKEN) return this.#taken(text)
    if (drafts.load(this.#name) === text) drafts.settle(this.#name, text)
    this.#tell(text)
  }

  async #look(shown) {
    const answer = await ask(this.#url).catch(() => null)
    if (!answer?.ok || drafts.load(this.#name) !== null) return
    drafts.settle(this.#name, answer.text)
    this.#empty = !answer.text
    this.#found(shown, answer.text)
  }

  #tell(text) {
    const empty = !text.trim()
    if (empty !== this.#empty) this.#told()
    this.#empty = empty
  }
}
