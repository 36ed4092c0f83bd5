// What a text to a number costs, while the number is typed.

import assert from "node:assert/strict"
import { test } from "node:test"

import { priceFor } from "../../static/js/prices.js"

const prices = { "": "all", "+39": "Italy", "+3934": "mobiles" }

for (const [typed, price] of [
  ["+44 20 7946 0018", "all"],
  ["+39 (02) 1234", "Italy"],
  ["0039 34-5", "mobiles"],
  ["+", "all"],
  ["345 123", null],
  ["", null],
]) {
  test(`“${typed}” costs ${price}`, () => assert.equal(priceFor(prices, typed), price))
}

test("where all numbers cost the same, any does", () => {
  assert.equal(priceFor({ "": "all" }, "345"), "all")
})

test("without a price for a number there is none", () => {
  assert.equal(priceFor({ "+39": "Italy" }, "+44 20"), null)
  assert.equal(priceFor({}, "345"), null)
})
