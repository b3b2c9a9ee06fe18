import { rowAttributes, type Pred } from "../../access/index.ts";

/** The six dimensions of the Government Data Quality Framework (gov.uk, December 2020). */
export const dimensions = {
  completeness: "Completeness",
  uniqueness: "Uniqueness",
  consistency: "Consistency",
  timeliness: "Timeliness",
  validity: "Validity",
  accuracy: "Accuracy",
} as const;

export type Dimension = keyof typeof dimensions;

/**
 * What a rule asks. `row` is a condition on a row, asked of the rows that `of` lets in: `c1` is a cell as it was read, `t1`
 * as it was received. The others say what no condition on one row can.
 */
export type RuleTest =
  | { readonly kind: "row"; readonly name: "filled" | "valid" | "order"; readonly of: Pred; readonly holds: Pred }
  /** No value of the range that a type keeps for testing. */
  | { readonly kind: "genuine"; readonly column: number }
  /** No text that lost something to a spreadsheet, such as a leading zero. */
  | { readonly kind: "whole"; readonly column: number }
  | { readonly kind: "unique"; readonly columns: readonly number[] }
  /** Each value is one of a column of another own dataset. */
  | { readonly kind: "references"; readonly column: number; readonly dataset: string; readonly to: number }
  /** The newest date, or where `column` is null the load, is at most so many days old. */
  | { readonly kind: "fresh"; readonly column: number | null; readonly days: number }
  /** As many rows as the version before, or more. */
  | { readonly kind: "rows" };

/** Shares of what was checked: below `warn` it is to be looked at, below `fail` it fails. */
export interface Threshold {
  readonly warn: number;
  readonly fail: number;
}

/** Declined: not suggested again. Retired: accepted once, and not any more. */
export type RuleState = "suggested" | "accepted" | "declined" | "retired";

export interface QualityRule {
  readonly id: string;
  readonly organisation: string;
  readonly datasetId: string;
  readonly dimension: Dimension;
  readonly test: RuleTest;
  readonly columns: readonly number[];
  readonly threshold: Threshold;
  readonly state: RuleState;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly reason: string;
  readonly createdAt: number;
}

export interface Measured {
  /** How many cells, rows or keys were asked, and how many of them passed. */
  readonly n: number;
  readonly passed: number;
  /** Days, for what is a matter of age; else null. */
  readonly days: number | null;
}

export interface QualityResult extends Measured {
  readonly ruleId: string;
  readonly version: number;
  /** When the version was loaded, and when it was checked. */
  readonly loadedAt: number;
  readonly checkedAt: number;
}

export type Outcome = "pass" | "warn" | "fail" | "nothing";

export function outcomeOf({ n, passed }: Measured, { warn, fail }: Threshold): Outcome {
  if (n === 0) return "nothing";
  const share = passed / n;
  return share < fail ? "fail" : share < warn ? "warn" : "pass";
}

/** Which two rules ask the same; what a steward may change of a rule is no part of it. */
export function fingerprintOf(test: RuleTest): string {
  switch (test.kind) {
    case "row":
      return `${test.name} ${columnsOf(test).join(" ")}`;
    case "fresh":
      return `fresh ${test.column ?? "load"}`;
    case "references":
      return `references ${test.column} ${test.dataset} ${test.to}`;
    default:
      return `${test.kind} ${columnsOf(test).join(" ")}`.trim();
  }
}

/** The columns of the dataset that a rule is about, by number. */
export function columnsOf(test: RuleTest): readonly number[] {
  switch (test.kind) {
    case "row":
      return [...new Set([...numbersIn(test.of), ...numbersIn(test.holds)])].toSorted((one, other) => one - other);
    case "unique":
      return test.columns;
    case "rows":
      return [];
    default:
      return test.column === null ? [] : [test.column];
  }
}

function numbersIn(pred: Pred): readonly number[] {
  return rowAttributes(pred).map((name) => Number(name.slice(1)));
}
