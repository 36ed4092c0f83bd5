// Rows of the inbox: made equal to fresh ones, and put in the order of their rank, which
// the server gives them: the highest first.

import { merge, wire } from "./merging.js"

export function rowsOf(list) {
  return [...list.querySelectorAll(".row")]
}

/** Makes a row that is on the page equal to a fresh one, where it stands. */
export function mergeRow(current, row) {
  // The link is kept as it is: it may have the focus, and it says which one is open.
  const open = current.querySelector("a").getAttribute("aria-current")
  if (open) row.querySelector("a").setAttribute("aria-current", open)
  if (current.isEqualNode(row)) return
  merge(current.querySelector("a"), row.querySelector("a"))
  keepPick(current.querySelector(".row__box"), row.querySelector(".row__box"))
  merge(current.querySelector(".row__pick span"), row.querySelector(".row__pick span"))
  for (const { name, value } of row.attributes) current.setAttribute(name, value)
}

// What was picked stays as it was when it was picked: what came since was not seen.
function keepPick(current, fresh) {
  current.dataset.now = fresh.value
  if (!current.checked) current.value = fresh.value
}

/** Whether a row belongs on this page of the list: what ranks lower comes with the next. */
export function belongs(list, row) {
  const lowest = rowsOf(list).at(-1)
  return !list.querySelector(".rows__older") || !lowest || rank(row) > rank(lowest)
}

/** Of these rows, those that a fresh list should have among its own and has not. */
export function missing(rows, html) {
  const fresh = rowsOf(html)
  const ids = new Set(fresh.map(({ id }) => id))
  const goesOn = html.querySelector(".rows__older")
  const reaches = goesOn && fresh.length ? rank(fresh.at(-1)) : -Infinity
  return rows.filter((row) => !ids.has(row.id) && rank(row) > reaches)
}

/** Rows that stand lower than their rank would have them. */
export function risen(list) {
  const rows = rowsOf(list)
  return rows.filter((row, at) => rows.slice(0, at).some((above) => rank(above) < rank(row)))
}

/** Puts a fresh row on the page; `settle` moves it to its place. */
export function insert(list, row) {
  wire(list.querySelector(".rows__list").appendChild(row))
}

/** Moves what is out of order, and nothing else, so that focus and scroll stay. */
export function settle(list) {
  const end = list.querySelector(".rows__older")
  const ordered = rowsOf(list).sort((one, other) => rank(other) - rank(one))
  let next = end
  for (const row of ordered.reverse()) {
    if (row.nextElementSibling !== next) move(row, next, list.querySelector(".rows__list"))
    next = row
  }
}

function move(row, next, list) {
  const focused = row.contains(document.activeElement) ? document.activeElement : null
  list.insertBefore(row, next)
  row.classList.add("row--moved")
  row.addEventListener("animationend", () => row.classList.remove("row--moved"), {
    once: true,
  })
  focused?.focus({ preventScroll: true })
}

function rank(row) {
  return Number(row.dataset.rank)
}
