// What a page says of its agent's presence arrives in order, however slow the server is.

import assert from "node:assert/strict"
import { afterEach, beforeEach, test } from "node:test"

import { Saying } from "../../static/js/saying-presence.js"

let said
let answers
let saying

beforeEach(() => {
  said = []
  answers = []
  globalThis.window = new EventTarget()
  globalThis.document = new EventTarget()
  document.visibilityState = "visible"
  document.createElement = () => ({ content: null })
  globalThis.fetch = (url, { body }) => {
    said.push(body.get("doing"))
    return new Promise((resolve) => answers.push(() => resolve(new Response("", { status: 200 }))))
  }
  saying = new Saying("/conversations/1/presence", "token")
  saying.begin()
})

afterEach(() => saying.end())

const turns = () => new Promise((resolve) => setImmediate(resolve))

async function answer() {
  answers.shift()()
  await turns()
}

test("who leaves before it is heard that they look, leaves after that", async () => {
  await turns()
  saying.end()
  await turns()
  assert.deepEqual(said, ["looking"])

  await answer()

  assert.deepEqual(said, ["looking", "left"])
})

test("what broke off holds nothing up", async () => {
  globalThis.fetch = (url, { body }) => {
    said.push(body.get("doing"))
    return Promise.reject(new TypeError("away"))
  }
  await turns()
  await answer()
  saying.types()
  saying.pauses()
  saying.end()
  await turns()

  assert.deepEqual(said, ["looking", "typing", "looking", "left"])
})

test("a page that goes away does not wait", async () => {
  await turns()
  window.dispatchEvent(new Event("pagehide"))

  assert.deepEqual(said, ["looking", "left"])
})
