// The small sheets behind buttons go away like menus: by a click elsewhere, by Escape,
// and when another one opens.

const MENUS = "details:is(.menu, .naming, .putting-off)[open]"

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (!menu.contains(target)) menu.open = false
  }
})

document.addEventListener("keyup", (event) => {
  if (event.key !== "Escape") return
  const menu = [...document.querySelectorAll(MENUS)].at(-1)
  if (!menu) return
  const within = menu.contains(document.activeElement)
  menu.open = false
  if (within) menu.querySelector("summary").focus()
})
