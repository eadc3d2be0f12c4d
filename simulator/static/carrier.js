// The carrier's manners as the page sets them: how it handles STOP, how slow and how unreliable it is, whom it reaches.
"use strict";

import { ask, send } from "./simulator.js";

const form = document.getElementById("carrier");
const fields = form.elements;
const watchers = new Set();
let manners = null;

function show() {
  fields.opt_out.value = manners.opt_out;
  fields.latency_ms.value = manners.latency_ms;
  fields.webhooks.checked = manners.webhooks;
  fields.callbacks.checked = manners.callbacks;
  fields.fail_rate.value = Math.round(manners.fail_rate * 100);
  form.querySelector("output").textContent = `${fields.fail_rate.value} %`;
  for (const kind of fields.fail_kinds) kind.checked = manners.fail_kinds.includes(kind.value);
  for (const told of watchers) told(manners);
}

function listKinds() {
  return [...fields.fail_kinds].filter((kind) => kind.checked).map((kind) => kind.value);
}

async function change(wanted) {
  const mistake = form.querySelector(".mistake");
  mistake.hidden = true;
  try {
    manners = await send("/sim/settings", wanted);
  } catch (problem) {
    mistake.textContent = problem.message;
    mistake.hidden = false;
  }
  show();
}

function changeField(field) {
  if (field.name === "fail_rate") return change({ fail_rate: Number(field.value) / 100 });
  if (field.name === "fail_kinds") return change({ fail_kinds: listKinds() });
  if (field.name === "latency_ms") return change({ latency_ms: Math.round(Number(field.value)) });
  return change({ [field.name]: field.type === "checkbox" ? field.checked : field.value });
}

// Which error code texts to this number end with; 0 when they arrive.
export function getReach(number) {
  return manners.undelivered[number] ?? 0;
}

export function setReach(number, code) {
  const { [number]: _, ...others } = manners.undelivered;
  return change({ undelivered: code ? { ...others, [number]: code } : others });
}

// What becomes of a call to this number by itself; "" when it rings for the tester.
export function getAnswer(number) {
  return manners.answers[number] ?? "";
}

export function setAnswer(number, answer) {
  const { [number]: _, ...others } = manners.answers;
  return change({ answers: answer ? { ...others, [number]: answer } : others });
}

// told(manners) is called whenever they change.
export function watchManners(told) {
  watchers.add(told);
}

export async function startCarrier() {
  manners = await ask("/sim/settings");
  show();
  form.addEventListener("change", (event) => changeField(event.target));
  form.addEventListener("submit", (event) => event.preventDefault());
  fields.forget.addEventListener("click", async () => {
    await send("/sim/reset", {});
    manners = await ask("/sim/settings");
    show();
  });
}
