/**
 * What a column holds, from its name and its distinct values, as log10 odds for each type:
 *
 *   L = prior + name + clamp(k·log10(p1/p0) + m·log10((1−p1)/(1−p0)), −6, 6)     confidence = 1 / (1 + 10^−L)
 *
 * where k distinct values pass and m fail, p1 = 0.98 is the chance that a true value passes and p0 that a random value
 * of the shape does. Evidence adds and never jumps: a check digit that one number in eleven passes is worth one unit.
 * For types known by lists, the share of rows counts in place of distinct values, since slips make distinct values many.
 * All weights are choices, to be refitted on labelled columns.
 *
 * Each type looks at a few values first, and at the others only when it could still win.
 */
import { isMissing } from "./missing.ts";
import { readName, type NameEvidence } from "./names.ts";
import { readingOf, type Reading } from "./reading.ts";
import { semanticTypes } from "./registry.ts";
import type { SemanticType } from "./semantic-type.ts";
import { structureOf } from "./structure.ts";

export interface ColumnEvidence {
  readonly name: string;
  readonly rows: number;
  readonly nulls: number;
  /** Distinct values with how often each occurs, the most frequent first; up to about 2,000 of them. */
  readonly distinct: readonly { readonly value: string; readonly count: number }[];
  readonly distinctTotal: number;
  /** The year in which it is read, which births of two-figure years cannot lie after. */
  readonly year?: number;
}

export interface Detection {
  /** The id of the likeliest type; null when nothing reached even odds. */
  readonly type: string | null;
  readonly confidence: number;
  /** Why, in sentences that quote no value. */
  readonly evidence: readonly string[];
  readonly reading: Reading;
  /** Other types within one unit of log odds of the likeliest. */
  readonly alternatives: readonly { readonly type: string; readonly confidence: number }[];
}

interface Candidate {
  readonly type: string;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

type Value = ColumnEvidence["distinct"][number];

const trueRate = 0.98;
const looks = [16, 64, 500] as const;
const valuesNeeded = { named: 2, hinted: 3, unnamed: 5 } as const;
const wordLength = 3; // codes such as 1, M or B are in too many lists to decide without a name
const notProposed = 0.89; // below the 0.9 at which a type is proposed
const forReview = 0.95; // proposed, and never beyond what a person should look at
const nameOnlyLimit = 0.6;
const unnamedLimit = 0.4;

export function detect(column: ColumnEvidence): Detection {
  const name = readName(column.name);
  const values = column.distinct.filter(({ value }) => !isMissing(value));
  const candidates = [...semanticTypes.values()]
    .filter((type) => type.detect.by !== "fallback")
    .map((type) => weigh(type, name.of(type), values))
    .concat(structureOf(column.rows - column.nulls, values, name.runs))
    .filter(({ confidence }) => confidence >= 0.05)
    .sort(
      (one, other) => other.confidence - one.confidence || chanceOf(one) - chanceOf(other) || (one.type < other.type ? -1 : 1),
    );
  const best = candidates[0];
  if (!best || best.confidence < 0.5) {
    const alternatives = candidates.map(({ type, confidence }) => ({ type, confidence }));
    return { type: null, confidence: best?.confidence ?? 0, evidence: best?.evidence ?? [], reading: {}, alternatives };
  }
  const alternatives = candidates
    .slice(1)
    .filter(({ confidence }) => logOdds(best.confidence) - logOdds(confidence) <= 1)
    .map(({ type, confidence }) => ({ type, confidence }));
  const { reading, evidence } = readingOf(semanticTypes.get(best.type), column.distinct, column.year);
  return { ...best, evidence: [...best.evidence, ...evidence], reading, alternatives };
}

function weigh(type: SemanticType, name: NameEvidence, values: readonly Value[]): Candidate {
  const { detect: facet } = type;
  if (values.length === 0) {
    const confidence = name.weight < 2 ? 0 : Math.min(odds(facet.prior + name.weight), nameOnlyLimit);
    return { type: type.id, confidence, evidence: [...name.evidence, "no value was read, so this rests on the name alone"] };
  }
  const seen = lookLonger(type, name.weight, values);
  const confidence = odds(facet.prior + name.weight + seen.weight);
  return {
    type: type.id,
    confidence: confidence <= unnamedLimit ? confidence : Math.min(confidence, limit(type, name.weight, values)),
    evidence: [...name.evidence, seen.evidence],
  };
}

/** Looks at a few values, then at more and at all, as long as the type could still win; a list that the name names always can. */
function lookLonger(type: SemanticType, name: number, values: readonly Value[]) {
  const { by, prior } = type.detect;
  let seen = look(type, name, some(values, looks[0], by));
  for (const [at, most] of looks.entries()) {
    if (at === 0) continue;
    if (values.length <= (looks[at - 1] ?? 0)) break;
    if (prior + name + seen.weight < -1 && !(by === "list" && name >= 2)) break;
    seen = look(type, name, some(values, most, by));
  }
  return seen;
}

/** Some of the values: for lists the most frequent, since rows count there, else from all over. */
function some(values: readonly Value[], most: number, by: string): readonly Value[] {
  if (values.length <= most) return values;
  return by === "list"
    ? values.slice(0, most)
    : Array.from({ length: most }, (_, at) => at).flatMap((at) => values[Math.floor((at * values.length) / most)] ?? []);
}

/** How a type does on some values: what that weighs, and the sentence that says it. */
function look(
  type: SemanticType,
  name: number,
  values: readonly Value[],
): { readonly weight: number; readonly evidence: string } {
  const { detect: facet } = type;
  const passing = values.filter(({ value }) => passes(type, value, name));
  if (facet.by !== "list")
    return {
      weight: countWeight(passing.length, values.length, facet),
      evidence: `${told(passing.length)} of ${told(values.length)} distinct values pass ${facet.test}`,
    };
  const rows = rowsOf(values);
  const share = rowsOf(passing) / rows;
  const formed = () => rowsOf(values.filter(({ value }) => type.parse(value) !== undefined)) / rows;
  return {
    weight: listWeight(share, name >= 2, facet, formed),
    evidence: `${told(rowsOf(passing))} of ${told(rows)} rows are in ${facet.test}`,
  };
}

function passes(type: SemanticType, text: string, name: number): boolean {
  return type.detect.recognise?.(text, name) ?? type.parse(text) !== undefined;
}

function countWeight(passed: number, total: number, { by, chance }: SemanticType["detect"]): number {
  const failed = total - passed;
  if (by === "name") return passed / total >= 0.8 ? 1.5 : -6;
  const weight = passed * Math.log10(trueRate / chance) + failed * Math.log10((1 - trueRate) / (1 - chance));
  return Math.max(-6, Math.min(6, weight));
}

/**
 * A name and a fifth of the rows are enough, and of names that no list has, a name, their form and a few that are known. Where the
 * list holds all there is, most rows must be in it.
 */
function listWeight(
  share: number,
  named: boolean,
  { share: enough = 0.5, closed }: Pick<SemanticType["detect"], "share" | "closed">,
  formed: () => number,
): number {
  if (share >= enough + 0.2) return 3;
  if (share >= enough) return 2;
  if (!named || closed === true) return -3;
  if (share >= 0.2) return 1;
  return share >= 0.03 && formed() >= 0.9 ? 0 : -3;
}

/** The most that the evidence can say, whatever its sum: too few values, or no name where the type needs one. */
function limit(type: SemanticType, name: number, values: readonly Value[]): number {
  const { by, reviewOnly, leastName } = type.detect;
  const word = ({ value }: Value) => value.trim().length >= wordLength && passes(type, value, name);
  if (by === "list" && name < 2 && !values.some(word)) return unnamedLimit;
  if (name < (by === "both" || by === "name" ? 1 : (leastName ?? -1))) return unnamedLimit;
  if ((by === "both" || by === "name") && name < 2) return notProposed;
  const needed = name >= 2 ? valuesNeeded.named : name >= 1 ? valuesNeeded.hinted : valuesNeeded.unnamed;
  const enough = values.length >= needed || (by === "list" && values.length >= valuesNeeded.named);
  if (!enough && !(by === "name" && name >= 2)) return notProposed;
  return reviewOnly === true ? forReview : 1;
}

function chanceOf({ type }: Candidate): number {
  return semanticTypes.get(type)?.detect.chance ?? 1;
}

function rowsOf(values: readonly Value[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

function told(count: number): string {
  return count.toLocaleString("en-GB");
}

function odds(weight: number): number {
  return 1 / (1 + 10 ** -weight);
}

function logOdds(confidence: number): number {
  return Math.log10(confidence / (1 - confidence));
}
