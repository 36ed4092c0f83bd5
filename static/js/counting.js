// The words of the counter. The templates come from the server, which fills in the same
// ones (conversations/web/showing/counter.py); both are held to the same examples.

import { measure } from "./segments.js"

const MICROS = 1_000_000

/** What the counter says about `text`; `price` is that of one segment, if it is known. */
export function line(text, words, price = null) {
  if (tooLong(text, words)) {
    return fill(words.tooLong, { length: [...text].length, limit: words.limit })
  }
  const { units, room, segments, unicodeBecause } = measure(text)
  const sent = Math.max(segments, 1)
  const counted = fill(words.count, {
    used: units,
    capacity: units + room,
    segments: sent,
    alphabet: unicodeBecause.length ? because(unicodeBecause, words) : words.gsm7,
  })
  if (!price) return counted
  const cost = amount(price.micros * sent).replace(".", words.decimal)
  return fill(words.price, { line: counted, cost, currency: price.currency })
}

/** Millionths as `pricing.amount` writes them: two decimals, and more where there are. */
export function amount(micros) {
  const rest = String(micros % MICROS).padStart(6, "0").replace(/0+$/, "").padEnd(2, "0")
  return `${Math.floor(micros / MICROS)}.${rest}`
}

export function tooLong(text, words) {
  return [...text].length > words.limit
}

function because(letters, words) {
  const shown = letters.slice(0, words.listed).map((letter) => named(letter, words))
  const rest = letters.length - shown.length
  if (rest) shown.push(fill(words.more, { count: rest }))
  const last = shown.pop()
  const list = shown.length ? [shown.join(", "), last].join(words.and) : last
  return fill(words.because, { letters: list })
}

function named(letter, words) {
  return words.letters[letter] ?? fill(words.quoted, { letter })
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name])
}
