import { phraseIn } from "./column-words.ts";
import { number } from "./types/number.ts";
import { recordId } from "./types/record-id.ts";

interface Structural {
  readonly type: string;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** Columns of free text, even where only a few different texts stand in them: anything may be written there. */
const freeText = [
  "note",
  "notes",
  "comment",
  "comments",
  "description",
  "details",
  "narrative",
  "remarks",
  "summary",
  "free text",
];
const shortList = 50;
const enoughRows = 20;

/**
 * What a column's shape alone says, for columns that no meaning fits: a key (all different, named like one), a short
 * list, a number, or text. Kept below 0.9, except a named key, so that a meaning always wins over a shape.
 */
export function structureOf(
  filled: number,
  values: readonly { readonly value: string; readonly count: number }[],
  words: readonly string[],
): readonly Structural[] {
  if (values.length === 0) return [];
  const found: Structural[] = [];
  const unique = filled >= enoughRows && values.every(({ count }) => count === 1);
  const keyWord = phraseIn(words, [...recordId.detect.strong, ...recordId.detect.weak]);
  const short = values.every(({ value }) => value.length <= 40 && !/ \S+ /.test(value));
  if (unique && keyWord !== undefined && short) {
    found.push({
      type: "record_id",
      confidence: 0.93,
      evidence: [`the name contains the token ${keyWord}`, "every value is different"],
    });
  }
  const numbers = values.filter(({ value }) => number.parse(value) !== undefined).length;
  if (numbers / values.length >= 0.95) {
    found.push({ type: "number", confidence: 0.8, evidence: [`${numbers} of ${values.length} distinct values are numbers`] });
  }
  const free = phraseIn(words, freeText);
  if (free !== undefined) {
    found.push({
      type: "text",
      confidence: 0.8,
      evidence: [`the name contains the token ${free}, so anything may be written there`],
    });
  } else if (values.length <= shortList && values.length <= filled / 2) {
    found.push({ type: "category", confidence: 0.7, evidence: [`${values.length} distinct values in ${filled} rows`] });
  }
  return free === undefined ? [...found, { type: "text", confidence: 0.5, evidence: ["no other type fits"] }] : found;
}
