// <quick-send> sends the form within on Enter, without leaving the page.

class QuickSend extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this.#press)
    this.addEventListener("submit", this.#send)
  }

  #press = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#form.requestSubmit()
  }

  #send = async (event) => {
    event.preventDefault()
    const words = new URLSearchParams(new FormData(this.#form))
    this.#body.value = ""

    try {
      const response = await fetch(this.#form.action, { method: "POST", body: words })
      if (!response.ok) throw new Error(`The phone answered ${response.status}`)
      this.closest("live-phone").refresh()
    } catch {
      this.#body.value ||= words.get("body")
    }
    this.#body.focus()
  }

  get #form() {
    return this.querySelector("form")
  }

  get #body() {
    return this.querySelector("textarea")
  }
}

customElements.define("quick-send", QuickSend)
