/**
 * Names in capitals without marks: "Zoë O’Brien-Łuk" becomes "ZOE O'BRIEN-LUK". Latin letters only; other scripts
 * stay as they are. The table is computed from Unicode's own decompositions, so that both engines use one
 * table; the rare letters have their own, since the cost of a look-up grows with its table.
 */
import { sql } from "../sql/fragment.ts";
import { oneSpace, replace, translate, trim, when, type Step } from "./steps.ts";

const rareRanges = [
  [0x0100, 0x024f],
  [0x1e00, 0x1eff],
] as const;

const special: readonly (readonly [string, string])[] = [
  ...Array.from("’‘`´ʼ", (character) => [character, "'"] as const),
  ...Array.from("‐‑‒–—", (character) => [character, "-"] as const),
  ["ø", "O"],
  ["Ø", "O"],
  ["ł", "L"],
  ["Ł", "L"],
  ["đ", "D"],
  ["Đ", "D"],
  ["ð", "D"],
  ["Ð", "D"],
  ["ı", "I"],
  ["æ", "Æ"],
  ["œ", "Œ"],
  ["þ", "Þ"],
];

function foldTable(ranges: readonly (readonly [number, number])[]): Map<string, string> {
  const table = new Map<string, string>();
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCodePoint(code);
      const plain = letter.normalize("NFKD").replaceAll(/[\u0300-\u036f]/gu, "");
      if (/^[A-Za-z]$/.test(plain)) table.set(letter, plain.toUpperCase());
    }
  }
  return table;
}

const commonTable = new Map([
  ...Array.from("abcdefghijklmnopqrstuvwxyz", (letter) => [letter, letter.toUpperCase()] as const),
  ...foldTable([[0x00c0, 0x00ff]]),
  ...special,
]);

/** Letters of the scripts that names arrive in, for use inside a bracket expression, after folding. */
export const letters = "A-Z\u0370-\u052f\u0590-\u077f\u0900-\u0dff\u1200-\u139f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3";

/** What only a few names need, and every engine does slowly. */
const withMarks: readonly Step[] = [
  replace("[\u0300-\u036f]", ""),
  when("[\u0100-\u024f\u1e00-\u1eff]", [translate(foldTable(rareRanges))]),
  translate(commonTable),
  replace("ß|ẞ", "SS"),
  replace("Æ", "AE"),
  replace("Œ", "OE"),
  replace("Þ", "TH"),
];
const plain: Step = { text: (value) => value.toUpperCase(), sql: (value) => sql`upper(${value})` };

/** Plain ASCII goes the short way. The two ways agree on it. */
const foldLetters: Step = {
  text: (value) => (isAscii(value) ? [plain] : withMarks).reduce((value, step) => step.text(value), value),
  sql: (value) =>
    sql`CASE WHEN strlen(${value}) = length(${value}) THEN ${plain.sql(value)} ELSE ${withMarks.reduce((value, step) => step.sql(value), value)} END`,
};

export const fold: readonly Step[] = [foldLetters, oneSpace, trim];

function isAscii(value: string): boolean {
  return Buffer.byteLength(value) === value.length;
}
