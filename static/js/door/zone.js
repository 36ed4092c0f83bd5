// On the sign-in page: tells the server this device's zone, for agents who chose none.

const field = document.querySelector("input[name=time_zone]")
if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
