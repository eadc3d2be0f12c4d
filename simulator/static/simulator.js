// Asking the simulator: JSON in, JSON out, its own words when it refuses.
"use strict";

async function read(answer) {
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error ?? `The simulator answered ${answer.status}.`);
  return content;
}

export async function ask(path) {
  return read(await fetch(path));
}

export async function send(path, content) {
  const headers = { "Content-Type": "application/json" };
  return read(await fetch(path, { method: "POST", headers, body: JSON.stringify(content) }));
}
