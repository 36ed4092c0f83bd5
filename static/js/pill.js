// The pill over a thread that is not read to its end: how many messages came since.

export class Pill {
  #button
  #count = 0

  constructor(button, pressed) {
    this.#button = button
    button.addEventListener("click", pressed)
  }

  add(more) {
    this.#show(this.#count + more)
  }

  clear() {
    this.#show(0)
  }

  #show(count) {
    const { one, many } = this.#button.dataset
    this.#count = count
    this.#button.textContent = count === 1 ? one : many.replace("{count}", count)
    this.#button.hidden = count === 0
  }
}
