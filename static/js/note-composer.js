// <note-composer> adds a note for colleagues. Nothing in it can text anybody.

import { Completion } from "./completing.js"
import { Writer } from "./writer.js"

const NAME = /(?:^|[^\p{L}\p{N}_])(@[\p{L}\p{N}.'’ -]{0,40})$/u

class NoteComposer extends Writer {
  connectedCallback() {
    super.connectedCallback()
    new Completion(this.box, { url: this.dataset.names, label: this.dataset.choices, pattern: NAME })
  }

  refuse(answer) {
    const fresh = answer?.html.querySelector("note-composer")
    if (fresh) this.say(fresh.querySelector(".composer__problem").textContent)
    else super.refuse(answer)
  }

  async submitted() {
    const answer = await this.send()
    if (!answer.ok) return this.refuse(answer)
    this.begin("")
    this.thread.show(answer, { ours: true })
  }
}

customElements.define("note-composer", NoteComposer)
