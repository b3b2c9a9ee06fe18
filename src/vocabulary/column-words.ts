import { shortForms } from "./words/short-forms.ts";

/** The words of a column name, lower case: split at case changes, digits, `_`, `-`, `.` and blanks. */
export function columnWords(name: string): readonly string[] {
  return name
    .replaceAll("£", " gbp ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
}

/** Where a phrase stands among the words of a name: from one word up to, and without, another. */
export interface Hit {
  readonly phrase: string;
  readonly from: number;
  readonly to: number;
}

/** Runs of words that stand together in a name, written without blanks, each with its place. */
export type Runs = ReadonlyMap<string, { readonly from: number; readonly to: number }>;

const longestRun = 7;

export function runsOf(words: readonly string[]): Runs {
  const runs = new Map<string, { from: number; to: number }>();
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + longestRun); to += 1) {
      const run = words.slice(from, to);
      for (const key of [run.join(""), writtenOut(run)]) if (!runs.has(key)) runs.set(key, { from, to });
    }
  }
  return runs;
}

/** Phrases by how they look in runs of words, each with what it stands for. */
export type Phrases<T> = ReadonlyMap<string, readonly { readonly of: T; readonly phrase: string }[]>;

export function indexPhrases<T>(entries: Iterable<readonly [T, readonly string[]]>): Phrases<T> {
  const index = new Map<string, { of: T; phrase: string }[]>();
  for (const [of, phrases] of entries) {
    for (const phrase of phrases) {
      const words = phrase.split(" ");
      for (const key of new Set([words.join(""), writtenOut(words)])) index.set(key, [...(index.get(key) ?? []), { of, phrase }]);
    }
  }
  return index;
}

/**
 * What is named among the words of a name, each with the longest phrase that names it. Whole words only, so that "cid" is not in
 * "acid"; but how the name is cut into words does not matter, so that "dob", "d o b" and "D.O.B." are one, as are "NHSNo" and
 * "nhs_no"; nor whether they are written out, as "acc" for account.
 */
export function phrasesIn<T>(runs: Runs, phrases: Phrases<T>): ReadonlyMap<T, Hit> {
  const found = new Map<T, Hit>();
  for (const [run, place] of runs) {
    for (const { of, phrase } of phrases.get(run) ?? [])
      if (phrase.length > (found.get(of)?.phrase.length ?? 0)) found.set(of, { phrase, ...place });
  }
  return found;
}

function writtenOut(words: readonly string[]): string {
  return words.map((word) => shortForms.get(word) ?? word).join("");
}
