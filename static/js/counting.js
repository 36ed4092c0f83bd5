// The words of the counter. The templates come from the server, which fills in the same
// ones (conversations/web/showing/counter.py); both are held to the same examples.

import { measure } from "./segments.js"

/** What the counter says about `text`, in the words of the page. */
export function line(text, words) {
  if (tooLong(text, words)) {
    return fill(words.tooLong, { length: [...text].length, limit: words.limit })
  }
  const { units, room, segments, unicodeBecause } = measure(text)
  return fill(words.count, {
    used: units,
    capacity: units + room,
    segments: Math.max(segments, 1),
    alphabet: unicodeBecause.length ? because(unicodeBecause, words) : words.gsm7,
  })
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
