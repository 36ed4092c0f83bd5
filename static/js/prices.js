// What a segment to a number costs, by how the number begins: the longest beginning counts,
// as in conversations/texting/pricing.py.

const APART = /[\s().\-/]/g

/**
 * Of `prices`, by beginnings, the one for what was typed so far. A number without + may be
 * in any country: then it is known only where all numbers cost the same.
 */
export function priceFor(prices, typed) {
  const begins = Object.keys(prices)
  const number = typed.replace(APART, "").replace(/^00/, "+")
  const known = number.startsWith("+") || begins.every((beginning) => beginning === "")
  if (!known) return null
  const fitting = begins.filter((beginning) => number.startsWith(beginning))
  const longest = fitting.sort((one, other) => other.length - one.length)[0]
  return prices[longest] ?? null
}
