// Keeps the how-to that was opened for a time without signal: the page, its look and its drawings, nothing else.
"use strict";
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/kit/keeper.js", { scope: "/kit/" }).then(() => {
    const parts = document.querySelectorAll("link[rel~=stylesheet], link[rel~=icon], script[src]");
    const files = Array.from(parts, part => part.href || part.src);
    const drawings = document.querySelector("use").getAttribute("href").split("#")[0];
    return caches.open("kit").then(kept => kept.addAll([location.pathname, drawings, ...files]));
  }).catch(() => {}); // a private window keeps nothing; the page itself is whole
}
