"use strict";
let since = 0;
const phone = document.body.dataset.first;
async function watch() {
  const news = await (await fetch(`/sim/messages?since=${since}&wait=20`)).json();
  for (const text of news.messages) {
    let item = document.getElementById(text.sid);
    if (!item) { item = document.createElement("li"); item.id = text.sid; document.getElementById("log").append(item); }
    item.textContent = `${text.number} ${text.direction} ${text.body} (${text.status})`;
  }
  since = news.cursor;
  watch();
}
document.getElementById("send").addEventListener("submit", (event) => {
  event.preventDefault();
  fetch("/sim/inbound", { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ from: phone, body: event.target.body.value }) });
  event.target.body.value = "";
});
watch();
