// Held to the same vectors as the server's table: node --test tests/js

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { fancy, plain } from "../../static/js/plain.js"

const url = new URL("../texting/plain_vectors.json", import.meta.url)
const vectors = JSON.parse(readFileSync(url, "utf8"))

for (const { text, plain: expected } of vectors) {
  test(`“${text}” in simple letters`, () => {
    assert.equal(plain(text), expected)
    assert.equal(fancy(text) > 0, text !== expected)
  })
}
