// The banners about lines that are paused or held, on every page: fetched again when the
// server says that a line was closed or opened, and when news may have been missed.

import { piece } from "./asking.js"
import { batched } from "./batching.js"
import { live } from "./live.js"
import { merge } from "./merging.js"

async function refresh() {
  const html = await piece("/notices")
  merge(document.querySelector("#notices"), html.querySelector("#notices"))
}

const soon = batched(refresh)

live.addEventListener("lines", () => soon("lines"))
live.addEventListener("resync", ({ detail }) => detail.wait(refresh()))
