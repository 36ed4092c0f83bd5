// A stream that falls silent, as after sleep, is taken for broken and opened again.

import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"

import { Stream } from "../../static/js/stream.js"

const opened = []

class FakeSource extends EventTarget {
  static CLOSED = 2
  readyState = 1
  closed = false

  constructor(url) {
    super()
    this.url = url
    opened.push(this)
  }

  close() {
    this.closed = true
  }
}

let told

beforeEach(() => {
  opened.length = 0
  told = []
  globalThis.EventSource = FakeSource
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 })
})

afterEach(() => mock.timers.reset())

function stream() {
  const made = new Stream("/live", (news) => told.push(news))
  opened[0].dispatchEvent(new Event("open"))
  told.length = 0
  return made
}

test("a stream that beats is left alone", () => {
  stream()
  for (let n = 0; n < 10; n += 1) {
    mock.timers.tick(15_000)
    opened[0].dispatchEvent(new Event("beat"))
  }

  assert.equal(opened.length, 1)
  assert.deepEqual(told, [])
})

test("a silent stream is broken since its last word, and opened again", () => {
  stream()
  mock.timers.tick(10_000)
  opened[0].dispatchEvent(new Event("beat"))

  mock.timers.tick(60_000)

  assert.deepEqual(told, [{ type: "down", since: new Date(1_010_000) }])
  assert.equal(opened[0].closed, true)
  assert.equal(opened.length, 2)
  opened[1].dispatchEvent(new Event("open"))
  assert.deepEqual(told.slice(1), [{ type: "up" }, { type: "resync" }])
})

test("a stream that is closed stays so", () => {
  stream().close()

  mock.timers.tick(120_000)

  assert.equal(opened.length, 1)
  assert.deepEqual(told, [])
})
