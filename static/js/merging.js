// Making what is on the page equal to what came, touching only what differs: a bubble
// whose status changed keeps its text selected, and a screen reader hears the status.
// Whoever has the focus keeps it, on what it is on or on what comes in its place.

/** Makes `current` equal to `fresh`; both are elements of the same kind. */
export function merge(current, fresh) {
  if (!current.isEqualNode(fresh)) keepingFocus(current, () => become(current, fresh))
}

/** Lets htmx find its attributes on what we put on the page ourselves. */
export function wire(element) {
  window.htmx?.process(element)
}

function become(current, fresh) {
  copyAttributes(current, fresh)
  if (alike(current, fresh)) mergeChildren(current, fresh)
  else current.replaceChildren(...fresh.childNodes)
}

function copyAttributes(current, fresh) {
  for (const { name } of [...current.attributes]) {
    if (!fresh.hasAttribute(name) && !lent(current, name)) current.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (current.getAttribute(name) !== value) current.setAttribute(name, value)
  }
}

// Without it, what was given the focus below would lose it.
function lent(element, name) {
  return name === "tabindex" && element === document.activeElement
}

function alike(current, fresh) {
  const [ours, theirs] = [current.children, fresh.children]
  return (
    ours.length === theirs.length &&
    ours.length > 0 &&
    wordsOf(current) === wordsOf(fresh) &&
    [...ours].every((child, index) => sameKind(child, theirs[index]))
  )
}

function wordsOf(element) {
  const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
  return own.map((node) => node.data.trim()).join(" ")
}

function sameKind(one, other) {
  return one.tagName === other.tagName && one.classList[0] === other.classList[0]
}

function mergeChildren(current, fresh) {
  const pairs = [...current.children].map((child, index) => [child, fresh.children[index]])
  for (const [ours, theirs] of pairs) {
    if (ours.isEqualNode(theirs)) continue
    if (ours.contains(document.activeElement) && sameUse(ours, theirs)) become(ours, theirs)
    else ours.replaceWith(theirs)
  }
}

// Enter must not do another thing than what one was about to do.
const USES = ["id", "data-act", "action", "href", "name", "value", "formaction"]

function sameUse(one, other) {
  return USES.every((name) => one.getAttribute(name) === other.getAttribute(name))
}

/** Does `change` within `element`; whoever had the focus on what is gone is left there. */
export function keepingFocus(element, change) {
  const focused = document.activeElement
  if (!element.contains(focused)) return change()
  const same = likeness(focused)
  change()
  if (element.contains(focused)) return
  const successor = [...element.querySelectorAll(focused.tagName)].find(same)
  successor?.focus({ preventScroll: true })
  if (element.contains(document.activeElement)) return
  element.tabIndex = -1
  element.focus({ preventScroll: true })
}

/** Whether another element is for the same as this one, which may be gone by then. */
function likeness(focused) {
  const { id } = focused
  const used = use(focused)
  return (other) => (id ? other.id === id : use(other) === used)
}

function use(element) {
  const act = element.closest("[data-act]")?.dataset.act
  if (act) return act
  const form = element.closest("form")?.getAttribute("action")
  const own = ["href", "name", "value", "formaction"].map((name) => element.getAttribute(name))
  return JSON.stringify([form, ...own, label(element)])
}

function label(element) {
  return element.getAttribute("aria-label") ?? element.textContent.trim()
}
