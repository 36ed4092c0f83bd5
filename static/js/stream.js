// The server's stream of changes: opened, opened again when it ends, and watched.

const GRACE_MS = 3000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
// The server says something every 15 seconds; a stream this silent is dead, whatever the
// browser believes of a connection that the network dropped while the machine slept.
const SILENT_MS = 40_000
const SAID = ["open", "beat", "change", "presence", "lines", "resync"]

export class Stream {
  #tell
  #source = null
  #wait = FIRST_WAIT_MS
  #retry = null
  #grace = null
  #silence = null
  #heardAt = Date.now()

  /** `tell` gets {type: "change" | "presence" | "lines" | "resync" | "up" | "down", …}. */
  constructor(url, tell) {
    this.url = url
    this.#tell = tell
    this.#open()
  }

  close() {
    clearTimeout(this.#retry)
    clearTimeout(this.#grace)
    clearTimeout(this.#silence)
    this.#source.close()
  }

  #open() {
    this.#source = new EventSource(this.url)
    this.#watch()
    for (const type of SAID) this.#source.addEventListener(type, this.#heard)
    this.#source.addEventListener("open", this.#up)
    this.#source.addEventListener("error", this.#failed)
    this.#source.addEventListener("resync", () => this.#tell({ type: "resync" }))
    this.#source.addEventListener("lines", () => this.#tell({ type: "lines" }))
    for (const type of ["change", "presence"]) {
      this.#source.addEventListener(type, ({ data }) => {
        this.#tell({ type, ...JSON.parse(data) })
      })
    }
  }

  #heard = () => {
    this.#heardAt = Date.now()
    this.#watch()
  }

  #watch() {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(this.#silent, SILENT_MS)
  }

  #silent = () => {
    clearTimeout(this.#retry)
    this.#tell({ type: "down", since: new Date(this.#heardAt) })
    this.#source.close()
    this.#open()
  }

  // Whatever happened between the page's HTML, or the last stream, and this one.
  #up = () => {
    clearTimeout(this.#grace)
    this.#grace = null
    this.#wait = FIRST_WAIT_MS
    this.#tell({ type: "up" })
    this.#tell({ type: "resync" })
  }

  // A stream that ended is opened again by the browser; one that was refused, by us.
  #failed = () => {
    this.#grace ??= setTimeout(() => this.#tell({ type: "down" }), GRACE_MS)
    if (this.#source.readyState !== EventSource.CLOSED) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#open(), this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
  }
}
