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
  return [...panel.querySelectorAll("input, select, textarea")].some(changed)
}

function changed(field) {
  if (!field.options) return field.value !== field.defaultValue
  const chosen = [...field.options].findIndex((option) => option.defaultSelected)
  return field.selectedIndex !== Math.max(chosen, 0)
}
