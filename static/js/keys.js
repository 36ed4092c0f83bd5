// The keyboard. What a single letter does, the server says (the card of `?`); it does so
// only where nobody types, and only for who has not switched that off. Alt with an arrow
// opens the next conversation from anywhere.

import { press } from "./pressing.js"
import { step, stepTo } from "./stepping.js"

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]"
const BUSY = `${TYPING}, details[open]`
const REPEATED = new Set(["next", "before"])
const STEPS = { ArrowUp: -1, ArrowDown: 1 }

const card = document.querySelector("#key-card")
const keys = JSON.parse(card.dataset.keys)

const ACTS = {
  next: () => stepTo(1),
  before: () => stepTo(-1),
  select: () => current()?.querySelector(".row__box").click(),
  find: () => find() ?? press("find"),
  help: () => card.showModal(),
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return
  if (event.altKey && STEPS[event.key]) {
    if (step(STEPS[event.key])) event.preventDefault()
  } else if (event.altKey && event.code === "KeyJ") {
    if (openJumps()) event.preventDefault()
  } else if (!event.altKey && !event.ctrlKey && !event.metaKey) {
    if (single(event)) event.preventDefault()
  }
})

function single(event) {
  const arrow = event.target.matches?.(".row__link") ? STEPS[event.key] : 0
  if (arrow) return stepTo(arrow)
  const act = keys[event.shiftKey ? event.key : event.key.toLowerCase()]
  if (!act || !("single" in card.dataset) || (event.repeat && !REPEATED.has(act))) return false
  if (event.target.closest?.(BUSY) || document.querySelector("dialog[open]")) return false
  const does = ACTS[act] ?? (() => press(act))
  does()
  return true
}

function current() {
  const row = document.activeElement.closest?.(".row")
  return row ?? document.querySelector(".row:has([aria-current])")
}

function find() {
  const box = document.querySelector("#q")
  box?.focus()
  box?.select()
  return box
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close()
  if (!event.target.closest("[data-clear-search]")) return
  event.preventDefault()
  const search = document.querySelector("#q")
  search.value = ""
  search.dispatchEvent(new Event("input", { bubbles: true }))
  search.focus()
})

function openJumps() {
  const menu = document.querySelector(".jump")
  if (!menu) return false
  menu.open = true
  menu.querySelector("input[type=date]").focus()
  return true
}
