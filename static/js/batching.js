// Bursts of news become one request, and one request is over before the next begins,
// so an older answer never overwrites a newer one.

const BURST_MS = 30
const AGAIN_MS = 2000

/** A function that takes keys and calls `work` with all that came within a burst. */
export function batched(work, { burst = BURST_MS, again = AGAIN_MS } = {}) {
  const waiting = new Set()
  let timer = null
  let busy = false

  const schedule = (wait) => {
    if (!busy && timer === null && waiting.size) timer = setTimeout(run, wait)
  }
  const run = async () => {
    const batch = [...waiting]
    timer = null
    busy = true
    waiting.clear()
    const done = await work(batch).then(
      () => true,
      () => false,
    )
    busy = false
    if (!done) batch.forEach((key) => waiting.add(key))
    schedule(done ? burst : again)
  }

  return (key) => {
    waiting.add(key)
    schedule(burst)
  }
}
