// Signing out takes what was typed and not sent with it.

import { forgetAll } from "./drafts.js"

document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-sign-out]")) forgetAll()
})
