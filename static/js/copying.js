// A button that copies what stands beside it, and says so.

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]")
  if (!button) return
  const value = document.getElementById(button.dataset.copy)
  getSelection().selectAllChildren(value)
  // Browsers copy only over HTTPS; elsewhere it is selected, to be copied by hand.
  await navigator.clipboard?.writeText(value.textContent)
  if (navigator.clipboard) button.textContent = button.dataset.done
})
