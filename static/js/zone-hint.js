// <zone-hint for="…"> offers the zone of this device, when another one is chosen.

class ZoneHint extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"))
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const known = [...field.options].some((option) => option.value === zone)
    if (!known || field.value === zone) return
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--small"
    button.textContent = this.dataset.words.replace("{zone}", zone)
    button.addEventListener("click", () => {
      field.value = zone
      button.remove()
    })
    this.replaceChildren(button)
  }
}

customElements.define("zone-hint", ZoneHint)
