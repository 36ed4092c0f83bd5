// What a fresh list says of rows that stand on the page, or wait to be put there.

import assert from "node:assert/strict"
import { test } from "node:test"

import { missing } from "../../static/js/inbox-rows.js"

function row(id, rank) {
  return { id: `conversation-${id}`, dataset: { rank: String(rank) } }
}

function listOf(rows, { goesOn = false } = {}) {
  return { querySelectorAll: () => rows, querySelector: () => (goesOn ? {} : null) }
}

test("a row that waits and is in the list no more is missing there", () => {
  const gone = row(1, 30)

  assert.deepEqual(missing([gone, row(2, 20)], listOf([row(2, 20)])), [gone])
})

test("what ranks below a list that goes on may be further down", () => {
  const list = listOf([row(2, 20)], { goesOn: true })

  assert.deepEqual(missing([row(1, 10)], list), [])
})
