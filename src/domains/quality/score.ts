import { civilDate } from "../../kernel/clock.ts";
import { dimensions, outcomeOf, type Dimension, type Outcome, type QualityResult, type QualityRule } from "./model.ts";

/** Of all that the rules of a dimension asked, how much passed. There is no score over dimensions. */
export interface DimensionScore {
  readonly dimension: Dimension;
  readonly rules: number;
  readonly n: number;
  readonly passed: number;
  /** The worst outcome of its rules; nothing where no rule asked anything. */
  readonly outcome: Outcome;
}

export interface MonthScore {
  /** As YYYY-MM: when the version was loaded. */
  readonly month: string;
  readonly n: number;
  readonly passed: number;
}

const worst: readonly Outcome[] = ["fail", "warn", "pass", "nothing"];

/** A score for each of the six, also for those that nothing measures, from the results of one version. */
export function scoreDimensions(
  rules: readonly QualityRule[],
  results: ReadonlyMap<string, QualityResult>,
): readonly DimensionScore[] {
  return (Object.keys(dimensions) as Dimension[]).map((dimension) => {
    const measured = rules
      .filter((rule) => rule.dimension === dimension)
      .flatMap((rule) => {
        const result = results.get(rule.id);
        return result ? [{ result, outcome: outcomeOf(result, rule.threshold) }] : [];
      });
    const sum = (of: "n" | "passed") => measured.reduce((total, { result }) => total + result[of], 0);
    const outcomes = measured.map(({ outcome }) => outcome);
    return {
      dimension,
      rules: measured.length,
      n: sum("n"),
      passed: sum("passed"),
      outcome: worst.find((outcome) => outcomes.includes(outcome)) ?? "nothing",
    };
  });
}

/** One score a month, of the last version that was loaded in it, the oldest first. */
export function scoreMonths(rules: readonly QualityRule[], results: readonly QualityResult[]): readonly MonthScore[] {
  const ids = new Set(rules.map(({ id }) => id));
  const counted = results.filter(({ ruleId, n }) => ids.has(ruleId) && n > 0);
  const months = Map.groupBy(counted, ({ loadedAt }) => civilDate(loadedAt).slice(0, 7));
  return [...months]
    .map(([month, held]) => {
      const last = Math.max(...held.map(({ version }) => version));
      const newest = held.filter(({ version }) => version === last);
      const sum = (of: "n" | "passed") => newest.reduce((total, result) => total + result[of], 0);
      return { month, n: sum("n"), passed: sum("passed") };
    })
    .toSorted((one, other) => (one.month < other.month ? -1 : 1));
}
