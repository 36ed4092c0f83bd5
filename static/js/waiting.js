// How long somebody has waited for an answer: the page's clock keeps it true, in the
// words of the server (`times.passed`), and colours it by the goal.

const EVERY_MS = 15_000
const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

export function passed(seconds, words) {
  if (seconds < HOUR) return fill(words.minutes, Math.max(Math.floor(seconds / MINUTE), 1))
  if (seconds < 2 * DAY) return fill(words.hours, Math.floor(seconds / HOUR))
  return fill(words.days, Math.floor(seconds / DAY))
}

function fill(words, count) {
  return words.replace("{count}", count)
}

export function tone(seconds, goal) {
  if (seconds >= goal) return "late"
  return seconds * 2 >= goal ? "soon" : "fine"
}

function tick() {
  const durations = JSON.parse(document.documentElement.dataset.durations)
  for (const mark of document.querySelectorAll(".wait")) {
    const seconds = (Date.now() - Date.parse(mark.dataset.since)) / 1000
    const words = mark.querySelector("time")
    const said = passed(seconds, durations)
    if (words.textContent !== said) words.textContent = said
    mark.className = `wait wait--${tone(seconds, Number(mark.dataset.goal))}`
  }
}

if (globalThis.document) setInterval(tick, EVERY_MS)
