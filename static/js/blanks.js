// What a saved reply leaves to be filled in: {amount}, {___}. The server refuses a text in
// which one is left; here each is found and selected, so that typing fills it.

const BLANK = /\{(?:_{2,40}|\p{L}[\p{L}\p{N}_ ]{0,39})\}/gu

/** Selects the first blank in `box` from `start` on; whether there was one. */
export function selectBlank(box, start = 0) {
  const found = [...box.value.matchAll(BLANK)].find(({ index }) => index >= start)
  if (!found) return false
  box.focus()
  box.setSelectionRange(found.index, found.index + found[0].length)
  return true
}
