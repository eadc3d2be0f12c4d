// Prints the vectors of tests/messages/test_segments.py with Twilio's own calculator, and the character table of
// messages/graphemes.json from the splitter it uses. A second run prints the same files.
//
//   npm install --no-save --prefix <a folder> sms-segments-calculator@1.3.0
//   node tests/vectors/make_segments.mjs <that folder>
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { runInNewContext } from "node:vm";

const folder = resolve(process.argv[2] ?? ".", "node_modules");
const require = createRequire(resolve(folder, "x.js"));
const { SegmentedMessage } = require("sms-segments-calculator");
const here = (path) => new URL(path, import.meta.url);

// A fixed generator, so that a second run prints the same file.
let seed = 20261123;
const below = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const pick = (list) => list[below(list.length)];

const family = "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}";
const pieces = {
  gsm: [..."abcdefgh ABC 0123456789.,:;?!@\n\r\"'()ñÑéÉüÜ¿¡àèìòùÇßØåΔΩ"],
  extension: [..."^{}[]~\\|€\f"],
  spanish: [..."áíóúÁÍÓÚ¿¡ñé abcdeo,."],
  vietnamese: [..."Nếu ai đó không thở gọi ngay ở ậ ữ ợ"],
  decomposed: ["e\u0301", "a\u0302\u0301", "o\u031B\u0300", "n\u0303", "u", " "],
  arabic: [..."اتصل بالرقم الآن لا يتنفس شخص", "\u0651", "\u200F", "\u06DD", "\u0600"],
  hangul: [..."지금 전화하세요 숨을 쉬지", "\u1112\u1161\u11AB", "\u1100", "\u1161", "\u11A8", "\uAC00\u11A8"],
  chinese: [..."您好请立即拨打电话不呼吸。，！"],
  indic: ["क\u094Dष", "नि", "ก\u0E33", "ລ\u0EB3", "ក\u17D2ក", "မ\u103C", "ம்", "കാ", "\u0D4Eക"],
  emoji: [
    "👍", "👍🏽", family, "👩\u200D⚕️", "❤️\u200D🔥", "🏳️\u200D🌈", "🇲🇽", "🇺🇸🇻🇳", "🇺", "1️⃣", "🧑\u200D🚒", "☝🏿", "🏽", "🥷🏽",
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "🫶", "🙏", "💊", "🇲🇽\u0301\u0301",
  ],
  odd: ["\u200D", "\u200C", "\u200B", "\uFE0F", "\u0301", "\u00A0", "\u202F", "\t", "`", "’", "–", "…", "ç", "\uFEFF", "\u2028"],
  breaks: ["\r\n", "\n", "\r", "a", "á", "\u0301"],
};

const texts = [
  "", "a", "€", "á", "\r\n", "a\r\nb", "Ç", "ç", "¿Qué año? ¡Olé!", "Su cita está confirmada. Más información aquí.",
  "it\u2019s", "a\u2013b", "a\u00A0b", "3:05\u202Fp.m.", "`", "\t", family, "🇲🇽", "🇲🇽🇺🇸", "e\u0301",
];
for (const n of [1, 69, 70, 71, 133, 134, 135, 152, 153, 154, 159, 160, 161, 200, 201, 202, 305, 306, 307, 459, 460]) {
  texts.push("a".repeat(n), "您".repeat(n), "a".repeat(n) + "á", "a".repeat(n) + "€");
}
for (const n of [33, 34, 35, 36, 66, 67, 68, 76, 77, 80, 81, 152, 153, 154]) {
  texts.push("€".repeat(n), "👍".repeat(n), "한".repeat(n), "\r\n".repeat(n), "á\r\n".repeat(n));
}
for (const n of [63, 64, 65, 66, 67, 68, 69, 70, 150, 151, 152, 153, 154, 155, 156]) {
  texts.push("a".repeat(n) + "€" + "a".repeat(n), "a".repeat(n) + "👍" + "a".repeat(n));
  texts.push("您".repeat(n) + family + "您".repeat(n), "b".repeat(n) + "e\u0301" + "b".repeat(n));
  texts.push("b".repeat(n) + "🇲🇽" + "b".repeat(n), "b".repeat(n) + "\r\n" + "ó".repeat(n));
}
for (const n of [5, 6, 7, 12, 13, 24, 25]) texts.push(family.repeat(n), "🇺🇸".repeat(3 * n), "👍🏽".repeat(4 * n));
texts.push("e" + "\u0301".repeat(69), "e" + "\u0301".repeat(70), "e" + "\u0301".repeat(140), "您e" + "\u0301".repeat(80) + "您");
// The splitter's own habits with skin tones, flags and prefixed signs.
texts.push("☝\uFE0F🏽", "☝\u0301\uFE0F🏽", "a\uFE0F🏽", "\uFE0F🏽", "👩\u200D❤️\u200D👩🏽", "❤️\u200D👩🏽", "👩🏽\u200D🚒🏽");
texts.push("🇲🇽\u0301", "🇲🇽\u0301\u0301", "🇲\u0301\u0301🇽", "\u0600🇲🇽", "\u0600🇲\u0301\u0301", "\u0600\u0600🇲\u0301\u0301");
for (const list of Object.values(pieces)) {
  for (const n of [3, 20, 60, 75, 90, 150, 210, 320]) texts.push(Array.from({ length: n }, () => pick(list)).join(""));
}
const all = Object.values(pieces).flat();
for (let i = 0; i < 120; i++) texts.push(Array.from({ length: 1 + below(200) }, () => pick(all)).join(""));

function describe(text) {
  const message = new SegmentedMessage(text);
  const units = message.encodedChars.reduce((sum, char) => sum + char.codeUnits.length, 0);
  const costly = [...new Set(message.getNonGsmCharacters())];
  return { text, encoding: message.encodingName, segments: message.segmentsCount, units, costly };
}
const lines = [...new Set(texts)].map((text) => JSON.stringify(describe(text)));
writeFileSync(here("segments.json"), `[\n${lines.join(",\n")}\n]\n`);

// The splitter keeps its classes (Unicode 10) to itself: open it, and write each class as ranges of code points.
const NAMES = {
  0: "CR", 1: "LF", 2: "Control", 3: "Extend", 4: "Regional", 5: "Spacing", 6: "L", 7: "V", 8: "T",
  12: "Prepend", 13: "Base", 14: "Modifier", 15: "ZWJ", 16: "Glue", 17: "BaseGlue",
};
const source = readFileSync(resolve(folder, "grapheme-splitter/index.js"), "utf8");
const marker = "function getGraphemeBreakProperty(code){";
if (!source.includes(marker)) throw new Error("the splitter has changed");
const scope = { module: { exports: {} } };
runInNewContext(source.replace(marker, `this.classOf = getGraphemeBreakProperty; ${marker}`), scope);
const { classOf } = new scope.module.exports();
const ranges = {};
for (let code = 0, last = null; code < 0x110000; code++) {
  const name = NAMES[classOf(code)];
  if (name && last?.name === name) last.range[1] = code;
  else if (name) (ranges[name] ??= []).push((last = { name, range: [code, code] }).range);
  if (!name) last = null;
}
const rows = Object.entries(ranges).map(([name, list]) => `${JSON.stringify(name)}: ${JSON.stringify(list)}`);
writeFileSync(here("../../messages/graphemes.json"), `{\n${rows.join(",\n")}\n}\n`);
