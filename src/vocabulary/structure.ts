import { indexPhrases, phrasesIn, type Runs } from "./column-words.ts";
import { number } from "./types/number.ts";
import { recordId } from "./types/record-id.ts";
import { textNote } from "./types/text-note.ts";
import { timeOfDay } from "./types/time-of-day.ts";
import { yesNo } from "./types/yes-no.ts";

interface Structural {
  readonly type: string;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

type Values = readonly { readonly value: string; readonly count: number }[];

const keys = indexPhrases([["key", [...recordId.detect.strong, ...recordId.detect.weak]] as const]);
const notes = indexPhrases([["strong", textNote.detect.strong] as const, ["weak", textNote.detect.weak] as const]);
const shortList = 50;
const enoughRows = 12;
const enoughValues = 500;

/**
 * What a column's shape alone says, for columns that no meaning fits: a key (all different, named like one), long texts, a short
 * list, a number, or text. Kept below 0.9, except a named key and named notes, so that a meaning always wins over a shape.
 */
export function structureOf(filled: number, values: Values, name: Runs): readonly Structural[] {
  if (values.length === 0) return [];
  const seen = values.slice(0, enoughValues);
  const shares = [
    share("yes_no", 0.75, "yes or no", seen, ({ value }) => yesNo.parse(value) !== undefined),
    share("percentage", 0.85, "percentages", seen, ({ value }) => /^\s*[+-]?[\d.]+ ?%\s*$/.test(value)),
    share("time.of_day", 0.85, "times of day", seen, ({ value }) => timeOfDay.parse(value) !== undefined),
    share("number", 0.8, "numbers", seen, ({ value }) => number.parse(value) !== undefined),
  ];
  const found = [...keyOf(filled, values, name), ...shares.flat(), ...notesOf(filled, values, name)];
  const free = phrasesIn(name, notes).get("strong")?.phrase;
  if (free !== undefined) {
    const evidence = [`the name contains the token ${free}, so anything may be written there`];
    return [...found, { type: "text", confidence: 0.8, evidence }];
  }
  if (values.length <= shortList && values.length <= filled / 2)
    found.push({ type: "category", confidence: 0.7, evidence: [`${values.length} distinct values in ${filled} rows`] });
  return [...found, { type: "text", confidence: 0.5, evidence: ["no other type fits"] }];
}

function keyOf(filled: number, values: Values, name: Runs): Structural[] {
  const word = phrasesIn(name, keys).get("key")?.phrase;
  if (word === undefined || filled < enoughRows || values.some(({ count }) => count > 1)) return [];
  if (values.some(({ value }) => value.length > 64 || / \S+ /.test(value) || /^\s*-?\d*[.]\d+\s*$/.test(value))) return [];
  return [{ type: "record_id", confidence: 0.93, evidence: [`the name contains the token ${word}`, "every value is different"] }];
}

function notesOf(filled: number, values: Values, name: Runs): Structural[] {
  const seen = values.slice(0, enoughValues);
  const letters = seen.reduce((sum, { value }) => sum + value.length, 0) / seen.length;
  const long = seen.reduce((sum, { value }) => sum + value.split(" ").length, 0) / seen.length;
  if (letters <= 40 || long < 6 || values.length <= Math.min(0.8 * filled, 1000)) return [];
  const words = phrasesIn(name, notes);
  const word = (words.get("strong") ?? words.get("weak"))?.phrase;
  return [
    {
      type: "text.note",
      confidence: word === undefined ? 0.85 : 0.95,
      evidence: [
        ...(word === undefined ? [] : [`the name contains the token ${word}`]),
        `texts of ${Math.round(long)} words, nearly all of them different`,
      ],
    },
  ];
}

function share(
  type: string,
  confidence: number,
  words: string,
  values: Values,
  passes: (value: Values[number]) => boolean,
): Structural[] {
  const passing = values.filter(passes).length;
  if (passing / values.length < 0.95) return [];
  return [{ type, confidence, evidence: [`${passing} of ${values.length} distinct values are ${words}`] }];
}
