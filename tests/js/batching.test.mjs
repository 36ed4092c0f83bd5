// Bursts of news become one request, and requests never overtake one another.

import assert from "node:assert/strict"
import { test } from "node:test"
import { setTimeout as pause } from "node:timers/promises"

import { batched } from "../../static/js/batching.js"

const QUICK = { burst: 2, again: 4 }

test("what comes in a burst is asked for at once, each thing once", async () => {
  const batches = []
  const add = batched(async (keys) => batches.push(keys), QUICK)

  for (const key of [7, 8, 7, 9]) add(key)
  await pause(20)

  assert.deepEqual(batches, [[7, 8, 9]])
})

test("what comes while a request is under way waits for its end", async () => {
  const batches = []
  let finish
  const add = batched((keys) => {
    batches.push(keys)
    return new Promise((done) => (finish = done))
  }, QUICK)

  add(1)
  await pause(20)
  add(2)
  await pause(20)
  assert.deepEqual(batches, [[1]])
  finish()
  await pause(20)

  assert.deepEqual(batches, [[1], [2]])
})

test("what could not be fetched is asked for again, with what came meanwhile", async () => {
  const batches = []
  const add = batched(async (keys) => {
    batches.push(keys)
    if (batches.length === 1) throw new Error("no network")
  }, QUICK)

  add(1)
  await pause(20)
  add(2)
  await pause(30)

  assert.deepEqual(batches.flat().sort(), [1, 1, 2])
})
