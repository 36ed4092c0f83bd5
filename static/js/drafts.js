// What was typed and has not reached the server, by thread and mode. It stays in this
// tab and goes with it, and signing out forgets it.

const PREFIX = "draft:"
const KEY = `${PREFIX}key:`

export function load(name) {
  return sessionStorage.getItem(PREFIX + name) ?? ""
}

export function save(name, text) {
  if (text) sessionStorage.setItem(PREFIX + name, text)
  else sessionStorage.removeItem(PREFIX + name)
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
