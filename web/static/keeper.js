// Answers for the how-to: from the network while there is one, else from what was kept when a page was opened.
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  if (event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).then(renew(event.request)).catch(() => recall(event.request)));
});

function renew(request) {
  return answer => {
    const copy = answer.clone();
    if (answer.ok) caches.open("kit").then(kept => kept.match(request).then(old => old && kept.put(request, copy)));
    return answer;
  };
}

function recall(request) {
  return caches.match(request, { ignoreSearch: true }).then(kept => kept || Response.error());
}
