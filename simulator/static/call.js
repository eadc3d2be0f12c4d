// One call on a telephone: it rings, its lines are read, played and answered with keys or words.
"use strict";

import { send } from "./simulator.js";

const OVER = new Set(["completed", "busy", "no-answer", "failed", "canceled"]);
const COURSES = {
  queued: "is about to call", ringing: "calling", "in-progress": "in the call", completed: "call ended", busy: "declined: busy",
  "no-answer": "not answered", failed: "failed", canceled: "canceled",
};
const SIGNS = { keys: "You pressed", tones: "Afterkit pressed", silence: "Nobody pressed or said anything", pause: "Pause", dial: "Put through" };
const template = document.getElementById("call");

const make = (tag, name, text = "") => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};

export const isOver = (call) => OVER.has(call.status);

export function nameCourse(call) {
  if (call.status === "ringing" && call.direction === "inbound") return "ringing";
  return COURSES[call.status];
}

export class CallScreen {
  constructor(national, { closed }) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.parts = Object.fromEntries([...this.element.querySelectorAll("[class]")].map((part) => [part.classList[0], part]));
    this.words = this.element.querySelector("input");
    this.turn = Promise.resolve();
    this.element.hidden = true;
    this.element.setAttribute("aria-label", `Call on ${national}`);
    this.parts.lines.setAttribute("aria-label", `What is spoken on ${national}`);
    this.words.setAttribute("aria-label", `Say on ${national}`);
    this.listen(closed);
  }

  listen(closed) {
    this.element.addEventListener("click", ({ target }) => {
      const { act, key, by, outcome } = target.closest("button")?.dataset ?? {};
      if (key) this.act("press", { keys: key });
      if (act) this.act(act, { by, outcome });
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.target !== this.words && this.keys.has(event.key)) this.act("press", { keys: event.key });
    });
    this.parts.speech.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.words.value.trim()) this.act("say", { text: this.words.value });
      this.words.value = "";
    });
    this.parts.close.addEventListener("click", closed);
  }

  get keys() { return new Set(this.call?.expects?.keys ? "0123456789*#" : ""); }

  // Keys are sent one after the other, for a code is only right in its order; a hang-up waits for nothing.
  act(what, content) {
    const go = () => send(`/sim/calls/${this.call.sid}/${what}`, content).then((told) => this.tell(what, told), (fault) => this.say(fault.message));
    this.turn = what === "hangup" ? go() : this.turn.then(go);
  }

  tell(what, told) {
    if (what === "again") this.say(told.error_code ? `Answered with error ${told.error_code}` : `Answered ${told.status}, ${told.same ? "the same again" : "but not the same"}`);
  }

  say(words) {
    this.parts.told.textContent = words;
    this.parts.told.hidden = !words;
  }

  show(call) {
    const fresh = call.sid !== this.call?.sid, held = this.element.contains(document.activeElement);
    if (fresh) { this.parts.lines.replaceChildren(); this.say(""); }
    this.call = call;
    this.element.hidden = false;
    this.element.dataset.status = call.status;
    this.parts.course.textContent = nameCourse(call);
    this.parts.reason.textContent = call.reason;
    this.parts.reason.hidden = !call.reason || call.status !== "ringing";
    this.fillLines(call, fresh && isOver(call));
    this.offer(call);
    this.parts.lines.scrollTop = this.parts.lines.scrollHeight;
    // A button that was pressed and went away must not take the keyboard's place on the page with it.
    if (held && !document.activeElement.checkVisibility()) this.parts.lines.focus();
  }

  // Lines are only ever added, so that a screen reader says each once.
  fillLines(call, quietly) {
    const list = this.parts.lines;
    call.lines.slice(list.children.length).forEach((line) => list.append(this.makeLine(line, list.children.length, quietly)));
  }

  makeLine(line, place, quietly) {
    const element = make("div", "line");
    element.dataset.kind = line.kind;
    const words = make("p", "words", line.kind in SIGNS ? `${SIGNS[line.kind]}${line.text ? `: ${line.text}` : ""}` : line.text);
    if (line.language) Object.assign(words, { lang: line.language, dir: line.dir });
    element.append(words);
    if (line.kind === "play") element.append(this.makeSound(place, line.text, quietly));
    const more = [line.language, line.voice, line.code, line.number, line.loop === 0 ? "without end" : line.loop && `${line.loop} times`];
    const note = more.filter(Boolean).join(" · ");
    if (note) element.append(make("p", "about", note));
    return element;
  }

  makeSound(place, name, quietly) {
    const sound = make("audio", "");
    Object.assign(sound, { src: `/sim/calls/${this.call.sid}/audio/${place}`, controls: true, autoplay: !quietly });
    sound.setAttribute("aria-label", name);
    return sound;
  }

  offer({ expects, status, direction }) {
    const kind = expects?.kind, over = OVER.has(status), rings = kind === "ring";
    const { ringing, dialling, speech, keypad, pressed, hangup, close, acts } = this.parts;
    ringing.hidden = !rings;
    dialling.hidden = kind !== "dial" && kind !== "talk";
    for (const button of dialling.querySelectorAll("button")) button.hidden = (button.dataset.outcome === "ended") !== (kind === "talk");
    dialling.firstElementChild.textContent = kind === "talk" ? `Talking with ${expects.number}` : `Ringing at ${expects?.number}`;
    for (const part of [speech, keypad]) part.hidden = rings || over || !dialling.hidden || (status === "queued" && direction !== "inbound");
    for (const button of keypad.children) button.disabled = !expects?.keys;
    for (const field of speech.elements) field.disabled = !expects?.speech;
    this.words.placeholder = expects?.speech ? `Say something (${expects.language})` : "Speech is not asked for";
    pressed.textContent = expects?.pressed ?? "";
    pressed.hidden = !expects?.pressed;
    for (const button of acts.querySelectorAll(".quiet-act")) button.hidden = rings || over || !dialling.hidden;
    hangup.hidden = rings || over;
    close.hidden = !over;
  }
}
