// Picking rows of the list: with Shift a stretch of them, with x the one that has the
// focus; and one decision about all of them, after which the list follows by itself.

import { ask } from "./asking.js"
import { live } from "./live.js"

const BOX = ".row__box"
let last = null

function boxes() {
  return [...document.querySelectorAll(`#conversations ${BOX}`)]
}

function pick(box, on) {
  box.checked = on
  // What came while it was picked has not been seen; from here on it has.
  if (!on) box.value = box.dataset.now ?? box.value
}

function count() {
  const form = document.querySelector("#together")
  const said = form?.querySelector(".together__count")
  if (!said) return
  const picked = boxes().filter(({ checked }) => checked).length
  const words = picked === 1 ? form.dataset.one : form.dataset.many
  const sentence = picked ? words.replace("{count}", picked) : ""
  if (said.textContent !== sentence) said.textContent = sentence
}

function pickAll(on) {
  boxes().forEach((box) => pick(box, on))
  count()
}

function pickStretch(to, on) {
  const all = boxes()
  const [from, until] = [all.indexOf(last), all.indexOf(to)].sort((a, b) => a - b)
  if (from >= 0) all.slice(from, until + 1).forEach((box) => pick(box, on))
}

function clicked(event) {
  const { target } = event
  if (target.matches(BOX)) {
    if (event.shiftKey) pickStretch(target, target.checked)
    pick(target, target.checked)
    last = target
    count()
  } else if (target.closest("[data-pick-all]")) pickAll(true)
  else if (target.closest("[data-pick-none]")) leave()
  else if (target.closest("[data-outcome-seen]")) show(document.createDocumentFragment())
}

function leave() {
  const focused = last?.isConnected ? last : boxes()[0]
  pickAll(false)
  focused?.focus()
}

// Enter in a box would press the first button; x means something on a row alone.
function pressed(event) {
  const row = event.target.closest?.(".row")
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === "Enter" && event.target.matches(BOX)) event.preventDefault()
  if (event.key.toLowerCase() !== "x") return
  event.preventDefault()
  row.querySelector(BOX).click()
}

async function submitted(event) {
  const form = event.target
  if (!form.matches("#together, .outcome__undo")) return
  event.preventDefault()
  const body = new URLSearchParams(new FormData(form, event.submitter))
  for (const menu of form.querySelectorAll("details[open]")) menu.open = false
  const answer = await ask(form.action, { method: "POST", body, background: false })
  if (answer.status !== 200 && answer.status !== 422) return location.reload()
  if (answer.ok) pickAll(false)
  if (answer.ok && body.get("act") === "read") tellRead(body.getAll("pick"))
  show(answer.html)
}

// Reading is each agent's own, so no stream tells of it: this browser's tabs are told here.
function tellRead(picks) {
  for (const pick of picks) live.tell({ type: "read", conversation: Number.parseInt(pick, 10) })
}

function show(html) {
  const outcome = document.querySelector("#outcome")
  outcome.replaceChildren(html)
  outcome.focus({ preventScroll: true })
}

document.addEventListener("click", clicked)
document.addEventListener("keydown", pressed)
document.addEventListener("submit", (event) => submitted(event).catch(() => {}))
document.addEventListener("parley:rows", count)
