// <live-phone src="…/changes" version="…"> asks every second what is new on the phone.

const INTERVAL = 1000
const MAX_INTERVAL = 8000
const LOST = "The practice line does not answer; trying again."

class LivePhone extends HTMLElement {
  #timer
  #interval = INTERVAL

  connectedCallback() {
    document.addEventListener("visibilitychange", this.refresh)
    this.#texts.scrollTop = this.#texts.scrollHeight
    this.#schedule()
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.refresh)
    clearTimeout(this.#timer)
  }

  refresh = async () => {
    clearTimeout(this.#timer)
    if (document.hidden) return

    try {
      await this.#load()
      this.#interval = INTERVAL
    } catch {
      this.#interval = Math.min(this.#interval * 2, MAX_INTERVAL)
    }
    this.#contact.textContent = this.#interval > 2 * INTERVAL ? LOST : ""
    this.#schedule()
  }

  async #load() {
    const url = new URL(this.getAttribute("src"), location.href)
    url.searchParams.set("seen", this.getAttribute("version"))

    const response = await fetch(url)
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
    if (response.status === 200) this.#show(await response.text())
  }

  #show(html) {
    const changes = new DOMParser().parseFromString(html, "text/html")

    this.#swap(changes.getElementById("people"))
    this.#swap(changes.getElementById("waiting"))
    this.#merge(changes.getElementById("texts-list"))
    this.setAttribute("version", changes.querySelector("[version]").getAttribute("version"))
  }

  // What has the focus keeps it: a link by where it leads, a button by its place.
  #swap(part) {
    const current = document.getElementById(part.id)
    if (current.innerHTML === part.innerHTML) return

    const held = current.contains(document.activeElement) && document.activeElement
    current.replaceChildren(...part.childNodes)
    if (held) [...current.querySelectorAll(held.tagName)].find((one) => one.href === held.href)?.focus()
  }

  // Only what is new or different is touched, so that only that is read out.
  #merge(list) {
    const texts = this.#texts
    const atEnd = texts.scrollHeight - texts.scrollTop - texts.clientHeight < 80

    for (const text of [...list.children]) {
      const current = document.getElementById(text.id)
      if (!current) this.querySelector("#texts-list").append(text)
      else if (current.outerHTML !== text.outerHTML) current.replaceWith(text)
    }
    if (list.childElementCount || this.querySelector(".text")) this.querySelector("#no-texts")?.remove()
    if (atEnd) texts.scrollTop = texts.scrollHeight
  }

  get #texts() {
    return this.querySelector("#texts")
  }

  get #contact() {
    return this.querySelector("#contact")
  }

  #schedule() {
    this.#timer = setTimeout(this.refresh, this.#interval)
  }
}

customElements.define("live-phone", LivePhone)
