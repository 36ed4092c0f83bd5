// Held to the same vectors as the server's count: node --test tests/js

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { measure } from "../../static/js/segments.js"

const url = new URL("../texting/segment_vectors.json", import.meta.url)
const vectors = JSON.parse(readFileSync(url, "utf8"))

const speltOut = (runs) => runs.map(([letters, times]) => letters.repeat(times)).join("")

for (const { name, runs, because, ...expected } of vectors) {
  test(name, () => {
    assert.deepEqual(measure(speltOut(runs)), { ...expected, unicodeBecause: because })
  })
}
