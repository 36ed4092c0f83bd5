// What a key or the command box does on a page: the element that bears the act's name.

/** Presses what bears this name; of a menu, opens it and goes to its first choice. */
export function press(act) {
  const found = document.querySelector(`[data-act="${act}"]`)
  if (!found?.matches("details")) found?.click()
  else {
    found.open = true
    found.querySelector("input:not([type=hidden]), button, select").focus()
  }
}
