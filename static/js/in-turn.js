// Answers are shown in the order they were asked for: a list that was asked for before a
// text came must not be shown after the row of that text, and take it away again.

/** A function that does one piece of work after the other, and passes on how it went. */
export function inTurn() {
  let last = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
}
