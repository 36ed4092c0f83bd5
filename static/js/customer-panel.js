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

/** Not while it is hidden, and not while somebody fills it in. */
export function refreshPanel(pane) {
  const panel = pane.querySelector("#panel")
  if (!panel?.firstElementChild || !panel.checkVisibility()) return
  if (!panel.contains(document.activeElement)) panel.dispatchEvent(new Event("stale"))
}
