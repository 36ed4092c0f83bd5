// At the door: tells the server this device's zone, for agents who chose none.

const field = document.querySelector("input[name=time_zone]")
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
if (field) field.value = zone

// An invited agent sees it and may choose another.
const choice = document.querySelector("select[name=time_zone]")
const unchosen = choice && !choice.querySelector("option[selected]")
if (unchosen && choice.querySelector(`option[value="${CSS.escape(zone)}"]`)) choice.value = zone
