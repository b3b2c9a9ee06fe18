import { fieldNames, levelsOf, priorBits, thresholds, weightOf } from "./parameters.ts";
import type { PersonRecord } from "./person-record.ts";
import { scorePair, type Score } from "./score.ts";

export interface ExplainedLine {
  /** What agrees or differs and how much it counts: "Same NHS number: +23.3 bits". Quotes no value. */
  readonly text: string;
  readonly bits: number;
}

export interface ExplainedPair extends Score {
  /** The waterfall: the prior, then each field that could be compared, strongest evidence first. They add up to `weight`. */
  readonly lines: readonly ExplainedLine[];
  readonly verdict: string;
}

const verdicts = {
  link: `At ${thresholds.upper} bits or more the records are joined.`,
  review: `Between ${thresholds.lower} and ${thresholds.upper} bits a person decides.`,
  reject: `At ${thresholds.lower} bits or fewer the records are kept apart.`,
} as const;

/** Why two records are, or are not, taken to be of one person. */
export function explainPair(left: PersonRecord, right: PersonRecord): ExplainedPair {
  const score = scorePair(left, right);
  const fields = fieldNames.flatMap((field) => {
    const level = levelsOf[field].find((one) => one.level === score.levels[field]);
    return level ? [line(level.says, weightOf(level))] : [];
  });
  const ordered = fields.toSorted((one, other) => Math.abs(other.bits) - Math.abs(one.bits));
  return { ...score, lines: [line("Two records picked at random", priorBits), ...ordered], verdict: verdicts[score.band] };
}

function line(says: string, bits: number): ExplainedLine {
  return { text: `${says}: ${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)} bits`, bits };
}
