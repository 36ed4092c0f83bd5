// Asking the server for a piece of the page: the very HTML the page was made from.

const PATIENCE_MS = 15_000

export class SignedOut extends Error {}

/** It is not there, or no longer for this agent to see. */
export class Gone extends Error {}

/**
 * Fetches a piece. What a page asks for by itself is `background`, so that an open tab
 * does not pass for an agent at work. The answer is no older than `asked`, in ms.
 *
 * @returns {Promise<{status: number, ok: boolean, text: string, html: DocumentFragment, asked: number}>}
 */
export async function ask(url, { background = true, headers = {}, ...options } = {}) {
  const asked = Date.now()
  const response = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...options,
    headers: {
      "HX-Request": "true",
      ...(background ? { "X-Background": "true" } : {}),
      ...headers,
    },
  })
  if (response.status === 401) {
    window.dispatchEvent(new Event("parley:signed-out"))
    throw new SignedOut()
  }
  const text = await response.text()
  return { status: response.status, ok: response.ok, text, html: parsed(text), asked }
}

/** Fetches a piece that must be there. */
export async function piece(url, options) {
  const answer = await ask(url, options)
  if (answer.status === 404) throw new Gone(`${url} is not there`)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return answer.html
}

export function parsed(text) {
  const template = document.createElement("template")
  template.innerHTML = text
  return template.content
}
