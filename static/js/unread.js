// How many conversations wait to be read: in the title of every page and as a dot on its
// icon, wherever one looks. The tab that holds the stream asks the server and tells the
// others.

import { ask } from "./asking.js"
import { batched } from "./batching.js"
import { live } from "./live.js"

const COUNT = /^\(\d+\+?\) /
const BURST_MS = 1000
const NONE = "0"

const icon = document.querySelector("link[rel=icon]")
const plain = icon?.href

let unread = NONE

async function look() {
  const { ok, status, text } = await ask("/unread")
  if (!ok) throw new Error(`/unread answered ${status}`)
  live.tell({ type: "unread", ...JSON.parse(text) })
}

function show() {
  const some = unread !== NONE
  document.title = (some ? `(${unread}) ` : "") + document.title.replace(COUNT, "")
  if (icon) icon.href = some ? plain.replace("parley.svg", "parley-unread.svg") : plain
}

const soon = batched(look, { burst: BURST_MS })

for (const type of ["change", "read", "resync"]) {
  live.addEventListener(type, () => {
    if (live.leads) soon("count")
  })
}
live.addEventListener("unread", ({ detail }) => {
  unread = detail.unread
  show()
})
// What htmx puts on the page brings its own title.
for (const type of ["htmx:afterSettle", "htmx:historyRestore"]) {
  document.body.addEventListener(type, show)
}
look().catch(() => {})
