import { join, sql, stage, type Fragment, type Stage } from "../../../sql/fragment.ts";
import { compareRecords, type Levels } from "./compare.ts";
import { fieldNames, levelsOf, priorBits, thresholds, weightOf, type FieldName } from "./parameters.ts";
import type { PersonRecord } from "./person-record.ts";

/** What happens to a pair: joined, looked at by a person, or left apart. */
export type Band = "link" | "review" | "reject";

export interface Score {
  readonly levels: Levels;
  /** Bits in favour of one person, the prior included. */
  readonly weight: number;
  readonly band: Band;
}

/**
 * The weight of each compared pair: prior plus the sum of log2(m/u) over the fields that have a level, in bits, and its
 * band. Adds `weight DOUBLE` and `band VARCHAR` to the columns of `comparisonStage`.
 */
export function scoreStage(comparisons: Stage): Stage {
  const terms = fieldNames.map((field) => weightSql(field));
  const weighed = stage(
    "weighed",
    sql`SELECT *, round(${priorBits}::DOUBLE ${join(terms, " ")}, 2) AS weight FROM ${comparisons}`,
  );
  return stage(
    "scores",
    sql`
    SELECT *, CASE WHEN weight >= ${thresholds.upper}::DOUBLE THEN 'link'
      WHEN weight <= ${thresholds.lower}::DOUBLE THEN 'reject' ELSE 'review' END AS band
    FROM ${weighed}`,
  );
}

/** The same for one pair, in TypeScript. Proved equal to `scoreStage` by test. */
export function scorePair(left: PersonRecord, right: PersonRecord): Score {
  const levels = compareRecords(left, right);
  const sum = fieldNames.reduce((sum, field) => sum + weightAt(field, levels[field]), priorBits);
  const weight = Math.round(sum * 100) / 100;
  return { levels, weight, band: bandOf(weight) };
}

/** The weight of a level in bits; a missing one weighs nothing. */
export function weightAt(field: FieldName, level: number | null): number {
  const found = levelsOf[field].find((one) => one.level === level);
  return found ? weightOf(found) : 0;
}

function bandOf(weight: number): Band {
  if (weight >= thresholds.upper) return "link";
  return weight <= thresholds.lower ? "reject" : "review";
}

const levelColumns: Readonly<Record<FieldName, Fragment>> = {
  name: sql`name_level`,
  dob: sql`dob_level`,
  place: sql`place_level`,
  nhs: sql`nhs_level`,
  sex: sql`sex_level`,
};

function weightSql(field: FieldName): Fragment {
  const cases = levelsOf[field].map((level) => sql`WHEN ${level.level} THEN ${weightOf(level)}::DOUBLE`);
  return sql`+ CASE ${levelColumns[field]} ${join(cases, " ")} ELSE 0 END`;
}
