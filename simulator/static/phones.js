// The telephone page: which telephones there are, and who tells whom.
"use strict";

import { startCarrier } from "./carrier.js";
import { watchClock } from "./clock.js";
import { ask, send } from "./simulator.js";
import { watchTexts } from "./feed.js";
import { Telephone } from "./telephone.js";

const MOST = 8;
const KEPT = "afterkit-telephones";
const stage = document.getElementById("stage");
const add = document.getElementById("add");
const trouble = document.getElementById("trouble");
const telephones = new Map();
let programme = new Date();
let start = null;

function listKept() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    if (Array.isArray(kept) && kept.length) return kept;
  } catch { /* a page that cannot remember starts with the first telephone */ }
  return [{ number: document.body.dataset.first }];
}

function keep() {
  const kept = [...telephones.values()].map(({ number, national, zone }) => ({ number, national, zone }));
  try { localStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* as above */ }
}

async function addTelephone(text, zone) {
  const { number, national } = await ask(`/sim/number?text=${encodeURIComponent(text)}`);
  if (telephones.has(number)) return telephones.get(number);
  const telephone = new Telephone(number, national, zone, { changed: keep, removed: () => remove(number) });
  telephones.set(number, telephone);
  stage.insertBefore(telephone.element, add);
  telephone.showTime(programme);
  keep();
  const news = await ask(`/sim/messages?number=${encodeURIComponent(number)}`);
  hear(news);
  start ??= news;
  return telephone;
}

function remove(number) {
  telephones.get(number).element.remove();
  telephones.delete(number);
  keep();
  document.getElementById("add-number").focus();
}

function hear(news) {
  for (const text of news.messages) telephones.get(text.number)?.show(text);
  for (const call of news.calls) telephones.get(call.number)?.showCall(call);
  for (const telephone of telephones.values()) {
    telephone.markDays();
    telephone.markStopped(news.blocked.includes(telephone.number));
  }
}

// A number that gets a text or a call gets a telephone, as long as they fit on a desk.
async function meet(news) {
  for (const number of new Set([...news.messages, ...news.calls].map(({ number }) => number))) {
    if (!telephones.has(number) && telephones.size < MOST) await addTelephone(number);
  }
  hear(news);
}

add.addEventListener("submit", async (event) => {
  event.preventDefault();
  const mistake = document.getElementById("add-mistake");
  mistake.hidden = true;
  try {
    const telephone = await addTelephone(add.elements.number.value);
    add.reset();
    telephone.focus();
  } catch (problem) {
    mistake.textContent = problem.message;
    mistake.hidden = false;
  }
});

function order(path) {
  return ({ detail }) => send(path, detail).catch((problem) => { trouble.textContent = problem.message; trouble.hidden = false; });
}

stage.addEventListener("say", order("/sim/inbound"));
// A call may be over before it is heard of as news; who placed it reads how it went all the same.
stage.addEventListener("dial", async (event) => {
  const call = await order("/sim/calls")(event);
  if (call) telephones.get(call.number)?.openCall(call);
});

watchClock((now) => {
  programme = now;
  for (const telephone of telephones.values()) telephone.showTime(now);
});

await startCarrier();
for (const { number, zone } of listKept()) await addTelephone(number, zone);
stage.scrollLeft = 0;
document.body.dataset.ready = "yes";
watchTexts(start, {
  heard: meet,
  wiped: () => { for (const telephone of telephones.values()) telephone.wipe(); },
  troubled: (is) => { trouble.hidden = !is; },
});
