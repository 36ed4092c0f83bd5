// From one conversation of the list to the next: to its row, or into it.

function links() {
  return [...document.querySelectorAll(".row__link")]
}

function neighbour(from, by) {
  const all = links()
  return all[Math.min(Math.max(all.indexOf(from) + by, 0), all.length - 1)]
}

function open() {
  return document.querySelector(".row__link[aria-current]")
}

/** Opens the one that stands `by` rows from the open one; whether there is any. */
export function step(by) {
  const next = neighbour(open(), by)
  next?.scrollIntoView({ block: "nearest" })
  next?.click()
  return Boolean(next)
}

/** Goes to the row that stands `by` rows from where one is, without opening it. */
export function stepTo(by) {
  const row = document.activeElement.closest?.(".row")
  const next = neighbour(row?.querySelector(".row__link") ?? open(), by)
  next?.focus({ focusVisible: true })
  return Boolean(next)
}
