// How many conversations are unread: in the page's title and as a dot on its icon.

const COUNT = /^\(\d+\+?\) /
const icon = document.querySelector("link[rel=icon]")
const plain = icon?.href

export function showUnread(rows) {
  const unread = rows.filter((row) => row.classList.contains("row--unread")).length
  const more = unread && unread === rows.length && document.querySelector(".rows__older")
  const count = unread ? `(${unread}${more ? "+" : ""}) ` : ""
  document.title = count + document.title.replace(COUNT, "")
  if (icon) icon.href = unread ? plain.replace("parley.svg", "parley-unread.svg") : plain
}
