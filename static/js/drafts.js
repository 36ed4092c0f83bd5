// What was typed and not sent, by conversation. It stays in this tab and goes with it,
// and signing out forgets it.

const PREFIX = "draft:"

export function load(conversation) {
  return sessionStorage.getItem(PREFIX + conversation) ?? ""
}

export function save(conversation, text) {
  if (text) sessionStorage.setItem(PREFIX + conversation, text)
  else sessionStorage.removeItem(PREFIX + conversation)
}

export function forgetAll() {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .forEach((key) => sessionStorage.removeItem(key))
}
