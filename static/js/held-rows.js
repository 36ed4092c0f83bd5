// Rows that have come, gone or risen while somebody is about to press one of them: they
// wait until the pointer or the keyboard has left the list, or somebody asks for them.

import { belongs, insert, mergeRow, missing, risen, rowsOf, settle } from "./inbox-rows.js"

const RESTS_MS = 4000

export class HeldRows {
  #inbox
  #waiting = new Map()
  #movedAt = -Infinity
  #over = false
  #timer

  /** `inbox` is the element around the list; its button says how many are new. */
  constructor(inbox) {
    this.#inbox = inbox
    inbox.addEventListener("pointermove", this.#moved, { passive: true })
    inbox.addEventListener("pointerleave", this.#left)
    inbox.addEventListener("focusout", () => setTimeout(this.apply))
    this.#button.addEventListener("click", () => this.apply({ now: true }))
  }

  /** Takes the fresh row of a conversation, or null where it is not in this view. */
  take(list, id, row) {
    const current = list.querySelector(`#${id}`)
    if (current && row) mergeRow(current, row)
    if (Boolean(current) === Boolean(row)) this.#waiting.delete(id)
    else if (current || belongs(list, row)) this.#waiting.set(id, row)
  }

  /** Takes a whole fresh list. */
  takeAll(list, html) {
    const waiting = [...this.#waiting.values()].filter(Boolean)
    for (const row of missing(waiting, html)) this.#waiting.delete(row.id)
    for (const row of missing(rowsOf(list), html)) this.take(list, row.id, null)
    for (const row of rowsOf(html)) this.take(list, row.id, row)
  }

  /** Lets everything happen that waits, unless somebody is at the list. */
  apply = ({ now = false } = {}) => {
    clearTimeout(this.#timer)
    const list = this.#inbox.list
    if (!list.querySelector(".rows__list")) return
    if (!now && this.#held) return this.#say(list)
    for (const [id, row] of this.#waiting) {
      const current = list.querySelector(`#${id}`)
      if (row && !current) insert(list, row)
      if (!row) current?.remove()
    }
    this.#waiting.clear()
    settle(list)
    this.#button.hidden = true
    this.#inbox.settled()
  }

  get #button() {
    return this.#inbox.querySelector(".rows__news")
  }

  get #held() {
    const pointed = this.#over && performance.now() - this.#movedAt < RESTS_MS
    return pointed || this.#inbox.list.querySelector(":focus-visible") !== null
  }

  // A pointer that rests in the list, while its owner types elsewhere, is forgotten.
  #say(list) {
    const count = [...this.#waiting.values()].filter(Boolean).length + risen(list).length
    const { one, many } = this.#button.dataset
    this.#button.textContent = count === 1 ? one : many.replace("{count}", count)
    this.#button.hidden = count === 0
    const rest = this.#movedAt + RESTS_MS - performance.now()
    if (this.#over && rest > 0) this.#timer = setTimeout(this.apply, rest)
  }

  #moved = () => {
    this.#over = true
    this.#movedAt = performance.now()
  }

  #left = () => {
    this.#over = false
    this.apply()
  }
}
