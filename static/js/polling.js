// While the stream is broken: asking every few seconds, less often when that fails too.
// While nobody can see the page, the one tab that would hold the stream asks now and then,
// because notices are for who looks elsewhere; the others wait. Now and then also when all
// is well, because "5 min" does not stay true by itself.

const INTERVAL_MS = 5000
const LONGEST_MS = 60_000
const FRESHEN_MS = 60_000
const HIDDEN_MS = 60_000

export function polling(live) {
  let timer = null
  let interval = INTERVAL_MS

  const wait = () => {
    if (document.visibilityState === "visible") return live.brokenSince ? interval : FRESHEN_MS
    return live.brokenSince && live.leads ? HIDDEN_MS : null
  }
  const next = () => {
    clearTimeout(timer)
    const left = wait()
    if (left) timer = setTimeout(poll, left)
  }
  const poll = async () => {
    const worked = await live.resync().then(
      () => true,
      () => false,
    )
    interval = worked ? INTERVAL_MS : Math.min(interval * 1.5, LONGEST_MS)
    next()
  }

  live.addEventListener("state", next)
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && live.brokenSince) poll()
    else next()
  })
  next()
}
