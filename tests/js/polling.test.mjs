// While the stream is broken, a page asks; one that nobody sees only if it would tell.

import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"

import { polling } from "../../static/js/polling.js"

class FakeLive extends EventTarget {
  asked = 0
  brokenSince = null
  leads = true

  async resync() {
    this.asked += 1
  }

  break() {
    this.brokenSince = new Date()
    this.dispatchEvent(new Event("state"))
  }
}

let live

beforeEach(() => {
  globalThis.document = new EventTarget()
  document.visibilityState = "hidden"
  mock.timers.enable({ apis: ["setTimeout"] })
  live = new FakeLive()
})

afterEach(() => mock.timers.reset())

async function pass(seconds) {
  for (let n = 0; n < seconds; n += 1) {
    mock.timers.tick(1000)
    for (let turn = 0; turn < 5; turn += 1) await null
  }
}

test("a hidden page whose stream is broken asks each minute", async () => {
  polling(live)
  live.break()

  await pass(180)

  assert.equal(live.asked, 3)
})

test("of several hidden pages only the one that holds the stream asks", async () => {
  live.leads = false
  polling(live)
  live.break()

  await pass(180)

  assert.equal(live.asked, 0)
})

test("a hidden page that is live asks nothing", async () => {
  polling(live)

  await pass(180)

  assert.equal(live.asked, 0)
})

test("a page that is seen asks every few seconds while it is not live", async () => {
  document.visibilityState = "visible"
  polling(live)
  live.break()

  await pass(60)

  assert.equal(live.asked, 12)
})
