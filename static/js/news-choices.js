// What an agent chose for this browser: whether it shows notices, and whether it sounds.

const NOTICES = "parley-notices"
const SOUND = "parley-sound"

export const possible = "Notification" in window && window.isSecureContext

export function showsNotices() {
  return possible && Notification.permission === "granted" && chosen(NOTICES)
}

export function soundsOn() {
  return chosen(SOUND)
}

export function chooseNotices(on) {
  choose(NOTICES, on)
}

export function chooseSound(on) {
  choose(SOUND, on)
}

function chosen(name) {
  return localStorage.getItem(name) === "on"
}

function choose(name, on) {
  if (on) localStorage.setItem(name, "on")
  else localStorage.removeItem(name)
}
