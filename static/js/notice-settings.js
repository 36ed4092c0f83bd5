// <notice-settings> is where an agent lets this browser show notices, or sound. The
// browser is asked for its leave only when somebody presses the button that says so.

import {
  chooseNotices,
  chooseSound,
  possible,
  showsNotices,
  soundsOn,
} from "./news-choices.js"
import { beginNews } from "./news.js"
import { chime } from "./sound.js"

class NoticeSettings extends HTMLElement {
  connectedCallback() {
    this.#part("notices").addEventListener("click", this.#switch)
    this.#part("sound").addEventListener("change", this.#sound)
    this.#part("sound").checked = soundsOn()
    this.#show()
  }

  #switch = async () => {
    const on = !showsNotices()
    chooseNotices(on)
    if (on) await Notification.requestPermission()
    if (showsNotices()) await beginNews()
    this.#show()
  }

  #sound = async ({ target }) => {
    chooseSound(target.checked)
    if (!target.checked) return
    chime()
    await beginNews()
  }

  #show() {
    const on = showsNotices()
    const blocked = possible && Notification.permission === "denied"
    const state = on ? "on" : !possible ? "impossible" : blocked ? "blocked" : "off"
    const button = this.#part("notices")
    this.#part("state").textContent = this.dataset[state]
    button.textContent = on ? this.dataset.stop : this.dataset.start
    button.hidden = !possible || (blocked && !on)
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`)
  }
}

customElements.define("notice-settings", NoticeSettings)
