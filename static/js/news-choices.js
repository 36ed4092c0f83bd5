// What an agent chose for this browser: whether it shows notices, and whether it sounds.

const NOTICES = "parley-notices"
const SOUND = "parley-sound"

// Chrome on Android has the name and cannot make one: there a page is told by its sound.
const MAKES_THEM = "Notification" in window && !/Android/.test(navigator.userAgent)

export const possible = MAKES_THEM && window.isSecureContext

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
