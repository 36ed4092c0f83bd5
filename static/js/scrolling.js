// The box of messages is upside down (column-reverse): its end is where scrollTop is 0,
// and older messages that are put on top move nothing.

const NEAR_PX = 48

export function atEnd(box) {
  return box.scrollTop > -NEAR_PX
}

export function toEnd(box) {
  box.scrollTop = 0
}

/** Does `change`, which may add at the end, without moving what is being read. */
export function keepingPlace(box, change) {
  const anchor = atEnd(box) ? null : firstVisible(box)
  const before = anchor?.getBoundingClientRect().top
  const outcome = change()
  if (!anchor) toEnd(box)
  else if (anchor.isConnected) {
    box.scrollTop += anchor.getBoundingClientRect().top - before
  }
  return outcome
}

/** Opens the box at `line` when that is further up than the end shows. */
export function openAt(box, line) {
  const hidden = line.getBoundingClientRect().top - box.getBoundingClientRect().top
  if (hidden < 0) box.scrollTop += hidden
}

function firstVisible(box) {
  const top = box.getBoundingClientRect().top
  const messages = [...box.querySelectorAll(".message")]
  return messages.find((message) => message.getBoundingClientRect().bottom > top)
}
