// Simple letters for typographic ones, which look alike and make a text cost double.
// The same table as conversations/texting/plain.py, held to the same vectors
// (tests/texting/plain_vectors.json).

const TABLE = [
  ["‘’‚‛′´`‹›", "'"],
  ["“”„‟″«»", '"'],
  ["‐‑‒–—―−", "-"],
  ["•·", "-"],
  ["…", "..."],
  [
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006" +
      "\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    " ",
  ],
  ["\u2028\u2029", "\n"],
  ["\u00ad\u200b\u2060\ufeff", ""],
]
const PLAIN = new Map(TABLE.flatMap(([letters, plain]) => [...letters].map((one) => [one, plain])))

/** @param {string} text */
export function plain(text) {
  return [...text].map((letter) => PLAIN.get(letter) ?? letter).join("")
}

/** How many letters of `text` have a simpler one. */
export function fancy(text) {
  return [...text].filter((letter) => PLAIN.has(letter)).length
}
