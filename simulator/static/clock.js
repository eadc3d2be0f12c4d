// The programme's clock on the page: shown big, run on between two looks at the simulator, and set from here.
"use strict";

import { ask, send } from "./simulator.js";

const ZONE = "America/Los_Angeles";
const LOOK = 500, TICK = 100;
const QUIET_FROM = 21, QUIET_UNTIL = 8;

const form = document.getElementById("pace");
const shown = {
  day: document.getElementById("clock-day"),
  hour: document.getElementById("clock-hour"),
  quiet: document.getElementById("quiet"),
};
const day = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, weekday: "long", month: "long", day: "numeric", year: "numeric" });
const hour = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, hour: "numeric", minute: "2-digit", second: "2-digit" });
const bareHour = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, hour: "numeric", hourCycle: "h23" });

let base = null;

function take(told) {
  base = { at: Date.parse(told.now), seen: performance.now(), pace: told.pace, gliding: told.pace !== told.speed };
  for (const choice of form.elements.speed) choice.checked = Number(choice.value) === told.speed;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show(now) {
  const at = Number(bareHour.format(now));
  write(shown.day, `${day.format(now)} · Pacific time`);
  write(shown.hour, hour.format(now));
  shown.hour.dateTime = now.toISOString();
  shown.quiet.hidden = at < QUIET_FROM && at >= QUIET_UNTIL;
}

async function look() {
  try { take(await ask("/sim/clock")); } catch { /* the feed tells about it */ }
}

// ticked(now) is called about ten times a second with the programme's time.
export async function watchClock(ticked) {
  form.addEventListener("change", async (event) => take(await send("/sim/clock", { speed: Number(event.target.value) })));
  form.addEventListener("click", async (event) => {
    const ahead = Number(event.target.dataset.ahead);
    if (ahead) take(await send("/sim/clock", { ahead_seconds: ahead }));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  await look();
  setInterval(look, LOOK);
  setInterval(() => {
    if (!base) return;
    // Run on by ourselves, a glide would overshoot by hours; so it is looked at every tick.
    if (base.gliding) look();
    const passed = base.gliding ? 0 : (performance.now() - base.seen) * base.pace;
    const now = new Date(base.at + passed);
    show(now);
    ticked(now);
  }, TICK);
}
