// While the stream is broken: asking every few seconds, less often when that fails too,
// and not at all while nobody can see the page. Now and then also when all is well,
// because "5 min" does not stay true by itself.

const INTERVAL_MS = 5000
const LONGEST_MS = 60_000
const FRESHEN_MS = 60_000

export function polling(live) {
  let timer = null
  let interval = INTERVAL_MS

  const next = () => {
    clearTimeout(timer)
    const wait = live.brokenSince ? interval : FRESHEN_MS
    if (document.visibilityState === "visible") timer = setTimeout(poll, wait)
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
