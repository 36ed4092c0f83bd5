// How many segments a text takes on the wire, and which characters make it dear.
// The same rules as conversations/texting/segments.py, held to the same vectors
// (tests/texting/segment_vectors.json), so the counter never differs from the server.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡" +
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
)
const EXTENSION = new Set("\f^{}\\[~]|€")

// Units that fit when the text is one segment, and in each segment when it is more.
const ALONE = { gsm7: 160, ucs2: 70 }
const JOINED = { gsm7: 153, ucs2: 67 }

/**
 * What a text takes on the wire.
 *
 * @typedef {object} Measure
 * @property {"gsm7" | "ucs2"} encoding
 * @property {number} segments - 0 for an empty text
 * @property {number} units - septets (gsm7) or UTF-16 code units (ucs2)
 * @property {number} room - units left in the last segment
 * @property {string[]} unicodeBecause - each character that GSM-7 lacks, once, in order
 */

/**
 * @param {string} text
 * @returns {Measure}
 */
export function measure(text) {
  const letters = [...text]
  const unicodeBecause = [...new Set(letters.filter((letter) => !inGsm(letter)))]
  const encoding = unicodeBecause.length ? "ucs2" : "gsm7"
  const costs = letters.map((letter) => cost(letter, encoding))
  return { encoding, ...fill(costs, encoding), unicodeBecause }
}

function inGsm(letter) {
  return BASIC.has(letter) || EXTENSION.has(letter)
}

function cost(letter, encoding) {
  return encoding === "ucs2" ? letter.length : EXTENSION.has(letter) ? 2 : 1
}

// Fills segment after segment; what takes two units is never cut in two.
function fill(costs, encoding) {
  const units = costs.reduce((sum, each) => sum + each, 0)
  if (units <= ALONE[encoding]) {
    return { segments: units ? 1 : 0, units, room: ALONE[encoding] - units }
  }

  let segments = 1
  let used = 0
  for (const each of costs) {
    if (used + each > JOINED[encoding]) {
      segments += 1
      used = 0
    }
    used += each
  }
  return { segments, units, room: JOINED[encoding] - used }
}
