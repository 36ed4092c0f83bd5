// After midnight "Today" is yesterday.

/** A function that says whether the day has turned since it was last asked. */
export function turns() {
  let day = new Date().toDateString()
  return () => {
    const before = day
    day = new Date().toDateString()
    return day !== before
  }
}
