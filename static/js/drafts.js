// What was typed, by thread and mode: what the server may not have yet, and what it had
// last. It stays in this tab and goes with it, and signing out forgets it.

const PREFIX = "draft:"
const KEPT = `${PREFIX}kept:`
const KEY = `${PREFIX}key:`

/** What the server may not have; the empty text too, and null if it has all. */
export function load(name) {
  return sessionStorage.getItem(PREFIX + name)
}

export function save(name, text) {
  sessionStorage.setItem(PREFIX + name, text)
}

/** What the server had when this tab last heard of it; null if it never did. */
export function kept(name) {
  return sessionStorage.getItem(KEPT + name)
}

/** The server has `text`, and nothing else is to be brought to it. */
export function settle(name, text) {
  sessionStorage.removeItem(PREFIX + name)
  sessionStorage.setItem(KEPT + name, text)
}

// The key under which it was last sent, while nobody knows whether the server has it.

export function sentAs(name) {
  return sessionStorage.getItem(KEY + name)
}

export function sending(name, key) {
  if (key) sessionStorage.setItem(KEY + name, key)
  else sessionStorage.removeItem(KEY + name)
}

export function forgetAll() {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .forEach((key) => sessionStorage.removeItem(key))
}
