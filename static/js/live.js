// What changed, as it happens. The tabs of a browser share one stream: the one that was
// looked at last holds it and tells the others.

import { polling } from "./polling.js"
import { Stream } from "./stream.js"

const NAME = "parley-live"
// Longer than an answer may take to come (asking.js).
const REMEMBERED_MS = 20_000

class Live extends EventTarget {
  /** Since when we have not been live; null while we are. */
  brokenSince = null

  #channel = new BroadcastChannel(NAME)
  #stream = null
  #queued = false
  #recent = []

  /** Whether this tab holds the stream: what may be done only once is done here. */
  get leads() {
    return this.#stream !== null
  }

  start() {
    this.#channel.onmessage = ({ data }) => this.#hear(data)
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#take({ steal: true })
    })
    this.#take({ steal: document.visibilityState === "visible" })
    this.#channel.postMessage({ type: "hello" })
    polling(this)
  }

  /** Tells every tab. `type` is "change", "presence", "lines", "read", "unread", "resync", "up" or "down". */
  tell(news) {
    this.#hear(news)
    this.#channel.postMessage(news)
  }

  /** The latest news, for what was put on the page while they came. */
  recent() {
    return this.#recent.filter(({ at }) => at > Date.now() - REMEMBERED_MS)
  }

  /** What changed since `then`, in ms: an answer that was asked for then may be older. */
  changedSince(then) {
    return this.recent().filter(({ type, at }) => type === "change" && at >= then)
  }

  /** Everybody fetches what they may have missed; rejects when somebody could not. */
  async resync() {
    const work = []
    const detail = { wait: (promise) => work.push(promise) }
    this.dispatchEvent(new CustomEvent("resync", { detail }))
    await Promise.all(work)
  }

  #hear(news) {
    if (news.type === "hello") this.#introduce()
    else if (news.type === "resync") this.resync().catch(() => {})
    else if (news.type === "up") this.#mark(null)
    else if (news.type === "down") this.#mark(this.brokenSince ?? news.since ?? new Date())
    else this.#pass(news)
  }

  #pass(news) {
    if (news.type !== "presence") this.#recent = [...this.recent(), { ...news, at: Date.now() }]
    this.dispatchEvent(new CustomEvent(news.type, { detail: news }))
  }

  #mark(since) {
    this.brokenSince = since
    this.dispatchEvent(new Event("state"))
  }

  #introduce() {
    if (!this.#stream) return
    const since = this.brokenSince
    this.#channel.postMessage(since ? { type: "down", since } : { type: "up" })
  }

  // Without locks (plain HTTP on a local network) every tab has a stream of its own.
  async #take({ steal = false }) {
    if (this.#stream || (this.#queued && !steal)) return
    if (!navigator.locks) return this.#lead()
    this.#queued ||= !steal
    try {
      await navigator.locks.request(NAME, { steal }, () => this.#lead())
    } catch {
      this.#stream?.close()
      this.#stream = null
      this.#take({})
    }
  }

  #lead() {
    this.#queued = false
    this.#stream ??= new Stream("/live", (news) => this.tell(news))
    return new Promise(() => {})
  }
}

export const live = new Live()
