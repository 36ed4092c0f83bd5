// Making what is on the page equal to what came, touching only what differs: a bubble
// whose status changed keeps its text selected, and a screen reader hears the status.

/** Makes `current` equal to `fresh`; both are elements of the same kind. */
export function merge(current, fresh) {
  if (current.isEqualNode(fresh)) return
  copyAttributes(current, fresh)
  if (alike(current, fresh)) mergeChildren(current, fresh)
  else replaceChildren(current, fresh)
}

/** Lets htmx find its attributes on what we put on the page ourselves. */
export function wire(element) {
  window.htmx?.process(element)
}

function copyAttributes(current, fresh) {
  for (const { name } of [...current.attributes]) {
    if (!fresh.hasAttribute(name)) current.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (current.getAttribute(name) !== value) current.setAttribute(name, value)
  }
}

function alike(current, fresh) {
  const [ours, theirs] = [current.children, fresh.children]
  return (
    ours.length === theirs.length &&
    ours.length > 0 &&
    [...ours].every((child, index) => sameKind(child, theirs[index]))
  )
}

function sameKind(one, other) {
  return one.tagName === other.tagName && one.classList[0] === other.classList[0]
}

function mergeChildren(current, fresh) {
  const pairs = [...current.children].map((child, index) => [child, fresh.children[index]])
  for (const [ours, theirs] of pairs) {
    if (!ours.isEqualNode(theirs)) ours.replaceWith(theirs)
  }
}

// Whoever had the focus on something that is gone is left where it was.
function replaceChildren(current, fresh) {
  const focused = current.contains(document.activeElement)
  current.replaceChildren(...fresh.childNodes)
  if (!focused) return
  current.tabIndex = -1
  current.focus({ preventScroll: true })
}
