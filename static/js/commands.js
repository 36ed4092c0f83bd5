// The command box: Ctrl or Cmd with K opens it, the server says what fits what is typed,
// up and down choose and Enter takes. Whoever closes it is where they were before.

import { ask } from "./asking.js"
import { press } from "./pressing.js"

const PAUSE_MS = 80
const STEPS = { ArrowDown: 1, ArrowUp: -1 }

const box = document.querySelector("#command-box")
const input = box.querySelector("input")
const list = box.querySelector("[role=listbox]")
const said = box.querySelector("[role=status]")
let timer
// What the choices are for; Enter waits for those of what stands in the box by now.
let shownFor = null
let taking = false

function open() {
  input.value = ""
  list.replaceChildren()
  shownFor = null
  taking = false
  box.showModal()
  look()
}

async function look() {
  const typed = input.value
  const answer = await ask(box.dataset.url, {
    method: "POST",
    body: new URLSearchParams({ q: typed, csrf_token: box.dataset.csrf, ...here() }),
    background: false,
  }).catch(() => null)
  if (!answer?.ok || typed !== input.value || !box.open) return
  show([...answer.html.children])
  shownFor = typed
  if (taking) take(chosen())
}

/** The open conversation, as far as it was seen, and whose it was. */
function here() {
  const pane = document.querySelector("#pane")
  const value = (name) => pane.querySelector(`#thread-head [name=${name}]`)?.value ?? ""
  const conversation = pane?.dataset.conversation
  return conversation ? { conversation, seen: value("seen"), was: value("was") } : {}
}

function show(options) {
  const possible = options.filter(
    ({ dataset }) => !dataset.does || document.querySelector(`[data-act="${dataset.does}"]`),
  )
  list.replaceChildren(...possible)
  const { none, many } = box.dataset
  said.textContent = possible.length ? many.replace("{count}", possible.length) : none
  choose(possible[0])
}

function chosen() {
  return list.querySelector("[aria-selected=true]")
}

function choose(option) {
  chosen()?.removeAttribute("aria-selected")
  option?.setAttribute("aria-selected", "true")
  option?.scrollIntoView({ block: "nearest" })
  if (option) input.setAttribute("aria-activedescendant", option.id)
  else input.removeAttribute("aria-activedescendant")
}

function take(option) {
  if (!option) return
  const { href, does, post, values } = option.dataset
  box.close()
  if (href) location.assign(href)
  else if (does) press(does)
  else submit(post, JSON.parse(values))
}

function submit(action, values) {
  const form = Object.assign(document.createElement("form"), { method: "post", action })
  const all = { ...values, csrf_token: box.dataset.csrf }
  for (const [name, value] of Object.entries(all)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  document.body.append(form)
  form.submit()
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return
  event.preventDefault()
  if (box.open) box.close()
  else if (!document.querySelector("dialog[open]")) open()
})

input.addEventListener("input", () => {
  taking = false
  clearTimeout(timer)
  timer = setTimeout(look, PAUSE_MS)
})

input.addEventListener("keydown", (event) => {
  if (event.isComposing) return
  const options = [...list.children]
  if (STEPS[event.key] && options.length) {
    choose(options.at((options.indexOf(chosen()) + STEPS[event.key]) % options.length))
  } else if (event.key === "Enter" && shownFor !== input.value) taking = true
  else if (event.key === "Enter") take(chosen())
  else return
  event.preventDefault()
})

list.addEventListener("click", ({ target }) => take(target.closest("[role=option]")))
box.addEventListener("click", ({ target }) => {
  if (target === box) box.close()
})
