// News of all texts and calls as they happen: one request that waits at the simulator until there is some.
"use strict";

import { ask } from "./simulator.js";

const WAIT = 20;
const PAUSE = 1000;

const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Starts after `cursor` in the simulator's `life`. heard(news) gets what changed, wiped() that all was forgotten, troubled(true or false) whether we still hear.
export async function watchTexts({ life, cursor }, { heard, wiped, troubled }) {
  for (;;) {
    try {
      const news = await ask(`/sim/messages?since=${cursor}&wait=${WAIT}`);
      troubled(false);
      if (news.life !== life) {
        wiped();
        cursor = 0;
      } else {
        await heard(news); // one after the other: an older state must not be shown over a newer one
        cursor = news.cursor;
      }
      life = news.life;
    } catch {
      troubled(true);
      await rest(PAUSE);
    }
  }
}
