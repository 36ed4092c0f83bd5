// The counter's words: the same as the server's, by the same examples.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { line, tooLong } from "../../static/js/counting.js"

const file = new URL("../web/showing/counter_examples.json", import.meta.url)
const { words, lines } = JSON.parse(readFileSync(file, "utf8"))

for (const { text, times = 1, price, line: said } of lines) {
  test(`the counter says ${said}`, () => {
    assert.equal(line(text.repeat(times), words, price), said)
  })
}

test("characters are counted as people count them, not as halves of an emoji", () => {
  assert.equal(tooLong("😀".repeat(words.limit), words), false)
  assert.equal(tooLong("😀".repeat(words.limit + 1), words), true)
})
