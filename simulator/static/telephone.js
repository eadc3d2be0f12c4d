// One telephone: its texts in order, its own time, its keys.
"use strict";

import { CallScreen, isOver, nameCourse } from "./call.js";
import { getAnswer, getReach, setAnswer, setReach, watchManners } from "./carrier.js";
import { send } from "./simulator.js";

const ZONES = [
  ["America/Los_Angeles", "Pacific"], ["America/Denver", "Mountain"], ["America/Phoenix", "Arizona"],
  ["America/Chicago", "Central"], ["America/New_York", "Eastern"], ["America/Anchorage", "Alaska"],
  ["Pacific/Honolulu", "Hawaii"], ["America/Puerto_Rico", "Puerto Rico"],
];
const ARRIVED = new Set(["sent", "delivered", "received"]);
const LOST = new Set(["undelivered", "failed"]);
const WORDS = { sent: "on its way", delivered: "delivered", received: "sent" };
const FAULTS = {
  11200: "the product did not answer as it should", 11205: "the product could not be reached",
  12100: "the product's answer is no TwiML", 12300: "the product's answer is no TwiML",
  21610: "the product's answer was held back: this number said STOP",
};
const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/;
const template = document.getElementById("telephone");

const make = (tag, name, text = "") => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};

function fillWords(bubble, body) {
  body.split(LINK).forEach((piece, place) => {
    if (place % 2 === 0) { bubble.append(piece); return; }
    const link = make("a", "", piece);
    Object.assign(link, { href: piece, target: "_blank", rel: "noopener noreferrer" });
    bubble.append(link);
  });
}

function fillMedia(bubble, media) {
  for (const url of media) {
    const picture = make("a", "picture", "Picture");
    Object.assign(picture, { href: url, target: "_blank", rel: "noopener noreferrer" });
    bubble.append(picture);
  }
}

const isLater = (element, { at }) => element.querySelector("time").dateTime > at;

export class Telephone {
  constructor(number, national, zone, { changed, removed }) {
    Object.assign(this, { number, national, changed, texts: new Map(), calls: new Map() });
    this.element = template.content.firstElementChild.cloneNode(true);
    this.log = this.element.querySelector(".log");
    this.body = this.element.querySelector("input");
    this.screen = this.element.querySelector(".screen");
    this.call = new CallScreen(national, { closed: () => { this.showTexts(); this.body.focus(); } });
    this.screen.append(this.call.element);
    this.name(national);
    this.offerZones(zone);
    this.offerManner(".reach", getReach, (number, code) => setReach(number, Number(code)));
    this.offerManner(".answers", getAnswer, setAnswer);
    this.listen(removed);
  }

  name(national) {
    const title = this.element.querySelector("h2");
    title.textContent = national;
    title.id = `telephone${this.number.replace("+", "-")}`;
    this.element.dataset.number = this.number;
    this.element.setAttribute("aria-labelledby", title.id);
    this.log.setAttribute("aria-label", `Texts on ${national}`);
    this.body.setAttribute("aria-label", `Text from ${national}`);
    this.element.querySelector(".quick").setAttribute("aria-label", `Quick answers from ${national}`);
    this.element.querySelector(".place-call").setAttribute("aria-label", `Call Afterkit from ${national}`);
    this.element.querySelector(".remove").setAttribute("aria-label", `Remove ${national}`);
  }

  offerZones(zone) {
    const choice = this.element.querySelector(".zone");
    for (const [value, words] of ZONES) choice.append(new Option(words, value));
    choice.value = ZONES.some(([value]) => value === zone) ? zone : ZONES[0][0];
    choice.addEventListener("change", () => { this.useZone(choice.value); this.changed(); });
    this.useZone(choice.value);
  }

  offerManner(name, get, set) {
    const choice = this.element.querySelector(name);
    const show = () => { choice.value = get(this.number); };
    choice.addEventListener("change", () => set(this.number, choice.value));
    watchManners(show);
    show();
  }

  useZone(zone) {
    this.zone = zone;
    this.hour = new Intl.DateTimeFormat("en-US", { timeZone: zone, hour: "numeric", minute: "2-digit" });
    this.day = new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "long", month: "short", day: "numeric" });
    for (const { element, text } of this.texts.values()) this.fill(element, text);
    for (const { element, call } of this.calls.values()) this.fillCall(element, call);
    this.markDays();
  }

  listen(removed) {
    this.element.querySelector(".compose").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(this.body.value);
      this.body.value = "";
    });
    this.element.querySelector(".quick").addEventListener("click", (event) => {
      if (event.target.dataset.say) this.say(event.target.dataset.say);
    });
    this.log.addEventListener("click", (event) => {
      if (event.target.dataset.again) send("/sim/webhook/replay", { sid: event.target.dataset.again });
      if (event.target.dataset.call) this.openCall(this.calls.get(event.target.dataset.call).call);
    });
    this.element.querySelector(".remove").addEventListener("click", removed);
    this.element.querySelector(".place-call").addEventListener("click", () => {
      this.element.dispatchEvent(new CustomEvent("dial", { bubbles: true, detail: { from: this.number } }));
    });
  }

  say(body) {
    if (!body.trim()) return;
    this.element.dispatchEvent(new CustomEvent("say", { bubbles: true, detail: { from: this.number, body } }));
  }

  show(text) {
    if (!ARRIVED.has(text.status) && !LOST.has(text.status)) return;
    const low = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    const element = this.texts.get(text.sid)?.element ?? this.place(text);
    this.texts.set(text.sid, { element, text });
    this.fill(element, text);
    if (low || text.direction === "inbound") this.log.scrollTop = this.log.scrollHeight;
  }

  place(text) {
    const element = make("div", "");
    element.dataset.place = text.place;
    const later = [...this.log.children].find((other) => other.dataset.place ? Number(other.dataset.place) > text.place : isLater(other, text));
    element.append(make("p", "day"), this.sayWords(text), make("p", "note"));
    this.log.insertBefore(element, later ?? null);
    return element;
  }

  // A call that goes on takes the place of the texts; among them it leaves a line, from which it can be read again.
  showCall(call) {
    if (!this.calls.has(call.sid) && !isOver(call)) this.element.scrollIntoView({ block: "nearest", inline: "center" });
    const element = this.calls.get(call.sid)?.element ?? this.placeCall(call);
    this.calls.set(call.sid, { element, call });
    this.fillCall(element, call);
    if (!isOver(call)) this.openCall(call);
    else if (!this.call.element.hidden && this.call.call.sid === call.sid) this.call.show(call);
  }

  placeCall(call) {
    const element = make("div", "past");
    const read = make("button", "");
    read.type = "button";
    read.dataset.call = call.sid;
    element.append(make("p", "day"), read, make("p", "note"));
    this.log.insertBefore(element, [...this.log.children].find((other) => isLater(other, call)) ?? null);
    return element;
  }

  fillCall(element, call) {
    const minutes = `${Math.floor(call.seconds / 60)}:${String(call.seconds % 60).padStart(2, "0")}`;
    const time = make("time", "", this.hour.format(new Date(call.at)));
    time.dateTime = call.at;
    element.querySelector("button").textContent = `${call.direction === "inbound" ? "You called" : "Afterkit called"} · ${nameCourse(call)}`;
    element.querySelector(".note").replaceChildren(time, ` · ${minutes}`);
  }

  openCall(call) {
    this.call.show(call);
    this.screen.classList.add("calling");
  }

  showTexts() {
    this.screen.classList.remove("calling");
    this.call.element.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  sayWords(text) {
    const bubble = make("p", "bubble");
    bubble.dir = "auto";
    fillWords(bubble, text.body);
    fillMedia(bubble, text.media);
    return bubble;
  }

  // The bubble stays as it is, so that a screen reader says each text once; only what became of it changes.
  fill(element, text) {
    const lost = LOST.has(text.status);
    element.className = `text ${text.direction === "inbound" ? "mine" : "theirs"}${lost ? " lost" : ""}`;
    element.dataset.status = text.status;
    if (lost) element.querySelector(".bubble").textContent = "A text did not arrive";
    element.querySelector(".note").replaceWith(this.describe(text));
  }

  describe(text) {
    const note = make("p", "note");
    note.setAttribute("aria-live", "off");
    const time = make("time", "", this.hour.format(new Date(text.at)));
    time.dateTime = text.at;
    note.append(time, " · ", make("span", "state", WORDS[text.status] ?? `${text.status}, code ${text.error_code}`));
    if (text.direction !== "inbound" && text.segments > 1) note.append(` · ${text.segments} segments`);
    if (text.direction === "inbound" && text.error_code) {
      note.append(" · ", make("span", "fault", `${FAULTS[text.error_code] ?? "carrier"} (${text.error_code})`));
    }
    if (text.direction === "inbound") note.prepend(this.offerAgain(text));
    return note;
  }

  offerAgain(text) {
    const again = make("button", "again", "again");
    again.type = "button";
    again.dataset.again = text.sid;
    again.title = "Send the webhook of this text again, as a carrier may";
    return again;
  }

  markDays() {
    let last = "";
    for (const element of this.log.children) {
      const day = this.day.format(new Date(element.querySelector("time").dateTime));
      const line = element.querySelector(".day");
      line.textContent = day === last ? "" : day;
      line.hidden = day === last;
      last = day;
    }
  }

  showTime(now) {
    const shown = this.element.querySelector(".own-time");
    const text = this.hour.format(now);
    if (shown.textContent !== text) shown.textContent = text;
  }

  markStopped(is) { this.element.querySelector(".stopped").hidden = !is; }

  wipe() {
    this.texts.clear();
    this.calls.clear();
    this.log.replaceChildren();
    this.showTexts();
  }

  focus() { this.body.focus(); this.element.scrollIntoView({ block: "nearest", inline: "center" }); }
}
