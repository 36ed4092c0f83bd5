// The customer's panel beside the thread: shown or not, as this browser remembers, and
// fetched again when something about the customer may have changed.

const A_YEAR_SECONDS = 31_536_000
const TOGGLE = ".panel-toggle"

document.addEventListener("click", ({ target }) => {
  const toggle = target.closest(TOGGLE)
  if (!toggle) return
  const shown = toggle.getAttribute("aria-expanded") !== "true"
  toggle.setAttribute("aria-expanded", shown)
  document.cookie = `panel=${shown ? "shown" : "hidden"}; path=/; max-age=${A_YEAR_SECONDS}; samesite=lax`
  if (shown) refreshPanel(toggle.closest("#pane"))
})

/** Not while it is hidden, nor while somebody fills it in or has not saved it yet. */
export function refreshPanel(pane) {
  const panel = pane.querySelector("#panel")
  if (!panel?.firstElementChild || !panel.checkVisibility()) return
  if (panel.contains(document.activeElement) || typedIn(panel)) return
  panel.dispatchEvent(new Event("stale"))
}

function typedIn(panel) {
  return fields(panel).some(changed)
}

function fields(panel) {
  return [...panel.querySelectorAll("input, select, textarea")]
}

function changed(field) {
  if (!field.options) return field.value !== field.defaultValue
  const chosen = [...field.options].findIndex((option) => option.defaultSelected)
  return field.selectedIndex !== Math.max(chosen, 0)
}

// Saving one form of the panel swaps all of it: what is typed in the others stays, unless
// somebody else has changed the same meanwhile. Going back swaps no target at all.
let typed = []

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "panel") return
  const sent = detail.requestConfig.elt.closest("form")
  typed = fields(detail.target)
    .filter((field) => field.id && changed(field) && !sent?.contains(field))
    .map(({ id, value, defaultValue }) => ({ id, value, defaultValue }))
})

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id !== "panel") return
  for (const { id, value, defaultValue } of typed.splice(0)) {
    const field = document.getElementById(id)
    if (field && field.defaultValue === defaultValue) field.value = value
  }
})
