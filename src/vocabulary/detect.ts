/**
 * What a column holds, from its name and its distinct values, as log10 odds for each type:
 *
 *   L = prior + name + clamp(k·log10(p1/p0) + m·log10((1−p1)/(1−p0)), −6, 6)     confidence = 1 / (1 + 10^−L)
 *
 * where k distinct values pass and m fail, p1 = 0.98 is the chance that a true value passes and p0 that a random value
 * of the shape does. Evidence adds and never jumps: a check digit that one number in eleven passes is worth one unit.
 * For types known by lists, the share of rows counts in place of distinct values, since slips make distinct values many.
 * All weights are choices, to be refitted on labelled columns.
 */
import { columnWords, phraseIn } from "./column-words.ts";
import { semanticTypes } from "./registry.ts";
import type { SemanticType } from "./semantic-type.ts";
import { structureOf } from "./structure.ts";

export interface ColumnEvidence {
  readonly name: string;
  readonly rows: number;
  readonly nulls: number;
  /** Distinct values with how often each occurs; up to about 2,000 of them. */
  readonly distinct: readonly { readonly value: string; readonly count: number }[];
  readonly distinctTotal: number;
}

export interface Detection {
  /** The id of the likeliest type; null when nothing reached even odds. */
  readonly type: string | null;
  readonly confidence: number;
  /** Why, in sentences that quote no value. */
  readonly evidence: readonly string[];
  readonly alternatives: readonly { readonly type: string; readonly confidence: number }[];
}

interface Candidate {
  readonly type: string;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

type Value = ColumnEvidence["distinct"][number];

const trueRate = 0.98;
const missing = /^\s*(?:n\/?a|null|none|nil|not known|unknown|-|\.)?\s*$/i;
const valuesNeeded = { named: 2, hinted: 3, unnamed: 5 } as const;
const wordLength = 3; // codes such as 1, M or B are in too many lists to decide without a name
const review = 0.89; // below the 0.9 at which a type is proposed
const nameOnlyLimit = 0.6;

export function detect(column: ColumnEvidence): Detection {
  const words = columnWords(column.name);
  const values = column.distinct.filter(({ value }) => !missing.test(value));
  const named = strongNames(words);
  const candidates = [...semanticTypes.values()]
    .filter((type) => type.detect.by !== "fallback")
    .map((type) => weigh(type, words, values, named))
    .concat(structureOf(column.rows - column.nulls, values, words))
    .filter(({ confidence }) => confidence >= 0.05)
    .sort((one, other) => other.confidence - one.confidence || (one.type < other.type ? -1 : 1));
  const best = candidates[0];
  const alternatives = candidates.map(({ type, confidence }) => ({ type, confidence }));
  if (!best || best.confidence < 0.5) {
    return { type: null, confidence: best?.confidence ?? 0, evidence: best?.evidence ?? [], alternatives };
  }
  return { ...best, alternatives: alternatives.slice(1) };
}

/** The types that the name names, each with the words that do. "Email address" names an email, not an address. */
function strongNames(words: readonly string[]): ReadonlyMap<SemanticType, string> {
  const found = [...semanticTypes.values()].flatMap((type) => {
    const phrase = phraseIn(words, type.detect.strong);
    return phrase === undefined ? [] : [[type, phrase] as const];
  });
  const inLonger = (phrase: string) =>
    found.some(([, other]) => other.length > phrase.length && ` ${other} `.includes(` ${phrase} `));
  return new Map(found.filter(([, phrase]) => !inLonger(phrase)));
}

function weigh(
  type: SemanticType,
  words: readonly string[],
  values: readonly Value[],
  named: ReadonlyMap<SemanticType, string>,
): Candidate {
  const { detect: facet } = type;
  const strong = named.get(type);
  const weak = strong === undefined ? phraseIn(words, facet.weak) : undefined;
  const name = nameWeight(strong, weak, named.size > (named.has(type) ? 1 : 0));
  const passes = facet.recognise ?? ((text: string) => type.parse(text) !== undefined);
  const passing = values.filter(({ value }) => passes(value, name > 0));
  const evidence = nameEvidence(strong, weak);
  if (values.length === 0) {
    const confidence = Math.min(odds(facet.prior + name), strong === undefined ? 0 : nameOnlyLimit);
    return { type: type.id, confidence, evidence: [...evidence, "no value was read, so this rests on the name alone"] };
  }
  evidence.push(passEvidence(type, passing, values));
  const weight =
    facet.by === "list" ? listWeight(passing, values, strong !== undefined) : countWeight(passing.length, values.length, facet);
  const confidence = odds(facet.prior + name + weight);
  return { type: type.id, confidence: Math.min(confidence, limit(facet, name, values)), evidence };
}

function nameWeight(strong: string | undefined, weak: string | undefined, otherNamed: boolean): number {
  if (strong !== undefined) return 2;
  if (weak !== undefined) return otherNamed ? 0 : 1;
  return otherNamed ? -1 : 0;
}

function countWeight(passed: number, total: number, { by, chance }: SemanticType["detect"]): number {
  const failed = total - passed;
  if (by === "name") return passed / total >= 0.8 ? 1.5 : -6;
  const weight = passed * Math.log10(trueRate / chance) + failed * Math.log10((1 - trueRate) / (1 - chance));
  return Math.max(-6, Math.min(6, weight));
}

function listWeight(passing: readonly Value[], values: readonly Value[], named: boolean): number {
  const share = rowsOf(passing) / rowsOf(values);
  if (share >= 0.7) return 3;
  if (share >= 0.5) return 2;
  return named && share >= 0.2 ? 1 : -3;
}

/** The most that the evidence can say, whatever its sum: too few values, or no name where the type needs one. */
function limit({ by, reviewOnly }: SemanticType["detect"], name: number, values: readonly Value[]): number {
  if (by === "list" && name < 2 && values.every(({ value }) => value.trim().length < wordLength)) return nameOnlyLimit - 0.2;
  if ((by === "both" || by === "name") && name < 1) return nameOnlyLimit - 0.2;
  if (reviewOnly || (by === "both" && name < 2)) return review;
  const needed = name >= 2 ? valuesNeeded.named : name >= 1 ? valuesNeeded.hinted : valuesNeeded.unnamed;
  return values.length >= needed || (by === "list" && values.length >= valuesNeeded.named) ? 1 : review;
}

function nameEvidence(strong: string | undefined, weak: string | undefined): string[] {
  if (strong !== undefined) return [`the name contains the ${wordOrWords(strong)} ${strong}`];
  return weak === undefined ? [] : [`the name contains the ${wordOrWords(weak)} ${weak}, a weak sign`];
}

function wordOrWords(phrase: string): string {
  return phrase.includes(" ") ? "words" : "token";
}

function passEvidence(type: SemanticType, passing: readonly Value[], values: readonly Value[]): string {
  if (type.detect.by === "list") {
    return `${rowsOf(passing).toLocaleString("en-GB")} of ${rowsOf(values).toLocaleString("en-GB")} rows are in ${type.detect.test}`;
  }
  return `${passing.length.toLocaleString("en-GB")} of ${values.length.toLocaleString("en-GB")} distinct values pass ${type.detect.test}`;
}

function rowsOf(values: readonly Value[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

function odds(logOdds: number): number {
  return 1 / (1 + 10 ** -logOdds);
}
