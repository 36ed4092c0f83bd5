// The page that searches all texts: arrows go from the box through what was found, and
// a way back from a text finds the search as it was. It is kept with the entry in this
// tab's history, never in an address.

document.addEventListener("keydown", (event) => {
  const search = event.target.closest?.("#search")
  if (!search || event.altKey || event.ctrlKey || event.metaKey) return
  const stops = [search.querySelector("#q"), ...search.querySelectorAll(".found__link")]
  const here = stops.indexOf(event.target)
  const next = here < 0 ? undefined : stops[goal(event.key, here)]
  if (!next || next === event.target) return
  event.preventDefault()
  next.focus()
})

function goal(key, here) {
  if (key === "ArrowDown") return here + 1
  if (key === "ArrowUp") return here - 1
  return key === "Escape" ? 0 : here
}

document.addEventListener("htmx:afterSettle", () => {
  const form = document.querySelector("#search-form")
  if (!form) return
  const kept = [...new FormData(form)].filter(
    ([name, value]) => (name === "q" || name === "chip") && value,
  )
  history.replaceState({ ...history.state, search: kept }, "")
})

function bringBack(form) {
  const kept = history.state?.search ?? []
  if (!kept.length || form.elements.q.value) return
  for (const [name, value] of kept) {
    if (name === "q") form.elements.q.value = value
    else form.append(hidden(name, value))
  }
  form.requestSubmit()
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value })
}

window.addEventListener("load", () => {
  const form = document.querySelector("#search-form")
  if (form) bringBack(form)
})
