// Rows of the inbox: made equal to fresh ones, and put in the order of their latest
// message, newest first.

import { merge, wire } from "./merging.js"

export function rowsOf(list) {
  return [...list.querySelectorAll(".row")]
}

/** Brings `fresh` rows into the list; with `only`, those that are there already. */
export function update(list, fresh, { only = false } = {}) {
  for (const row of fresh) {
    const current = list.querySelector(`#${row.id}`)
    if (current) mergeRow(current, row)
    else if (!only && belongs(list, row)) wire(list.appendChild(row))
  }
}

/** Moves what is out of order, and nothing else, so that focus and scroll stay. */
export function settle(list) {
  const end = list.querySelector(".rows__older")
  const ordered = rowsOf(list).sort((one, other) => latest(other) - latest(one))
  let next = end
  for (const row of ordered.reverse()) {
    if (row.nextElementSibling !== next) move(row, next, list.querySelector(".rows__list"))
    next = row
  }
}

// The link is kept as it is: it may have the focus, and it says which one is open.
function mergeRow(current, row) {
  const open = current.querySelector("a").getAttribute("aria-current")
  if (open) row.querySelector("a").setAttribute("aria-current", open)
  if (current.isEqualNode(row)) return
  const link = current.querySelector("a")
  merge(link, row.querySelector("a"))
  for (const { name, value } of row.attributes) current.setAttribute(name, value)
}

// A row older than everything shown comes with the page of older ones.
function belongs(list, row) {
  const end = list.querySelector(".rows__older")
  const oldest = rowsOf(list).at(-1)
  return !end || !oldest || latest(row) > latest(oldest)
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

function latest(row) {
  return Number(row.dataset.last)
}
