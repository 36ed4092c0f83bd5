// The keyboard: Ctrl or Cmd with K finds, Alt with an arrow goes to the next
// conversation. No single letters, so nothing clashes with typing.

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("#q")
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && search) {
    event.preventDefault()
    search.focus()
    search.select()
  } else if (event.altKey && STEPS[event.key]) {
    step(event, STEPS[event.key])
  } else if (event.altKey && event.code === "KeyJ") {
    openJumps(event)
  }
})

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-clear-search]")) return
  event.preventDefault()
  const search = document.querySelector("#q")
  search.value = ""
  search.dispatchEvent(new Event("input", { bubbles: true }))
  search.focus()
})

const STEPS = { ArrowUp: -1, ArrowDown: 1 }

function step(event, by) {
  const links = [...document.querySelectorAll(".row__link")]
  if (!links.length) return stepInReview(event, by)
  event.preventDefault()
  const open = links.findIndex((link) => link.hasAttribute("aria-current"))
  const next = links[Math.min(Math.max(open + by, 0), links.length - 1)]
  next.scrollIntoView({ block: "nearest" })
  next.click()
}

function openJumps(event) {
  const menu = document.querySelector(".jump")
  if (!menu) return
  event.preventDefault()
  menu.open = true
  menu.querySelector("input[type=date]").focus()
}

function stepInReview(event, by) {
  const link = document.querySelector(by < 0 ? "a[rel=prev]" : "a[rel=next]")
  if (!link) return
  event.preventDefault()
  link.click()
}
