import type { Purpose, Role, DataAction } from "../../access/index.ts";
import type { Mask } from "../../vocabulary/index.ts";

/** What a dataset may be used for under an agreement. Each use opens one action, for one purpose, to one kind of role. */
export const uses = {
  care: { label: "Care: open one person’s record, with a need", action: "read", purposes: ["care"], roles: ["practitioner"] },
  planning: {
    label: "Planning: totals, with small numbers hidden",
    action: "aggregate",
    purposes: ["planning"],
    roles: ["analyst"],
  },
  matching: {
    label: "Matching: find which records are the same person; never shown",
    action: "link",
    purposes: ["care", "planning"],
    roles: ["steward", "governance"],
  },
} as const satisfies Readonly<
  Record<string, { label: string; action: DataAction; purposes: readonly Purpose[]; roles: readonly Role[] }>
>;

export type Use = keyof typeof uses;

export interface Item {
  readonly dataset: string;
  readonly use: Use;
  readonly columns: readonly { readonly number: number; readonly mask: Mask }[];
  /** Only rows that meet all of these are lent; left out, every row is. */
  readonly rows?: readonly RowCondition[];
}

/** A row whose cell of this column is one of these values, whether the column itself is lent or not. */
export interface RowCondition {
  readonly number: number;
  readonly kind: "text" | "number" | "date";
  /** As the lake keeps them: whole numbers in digits, dates in ISO. An empty cell is none of them. */
  readonly values: readonly string[];
}

/** What the parties agree on; its hash is what they sign. */
export interface Terms {
  readonly title: string;
  readonly objective: string;
  readonly lawfulBasis: string;
  readonly dpia: string;
  /** When and where people were told, or why they are not. */
  readonly telling: string;
  /** Civil dates; the agreement is in force from the start of the first to the end of the day before the second. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly minCell: number;
  readonly parties: readonly string[];
  readonly items: readonly Item[];
}

export type AgreementState = "draft" | "awaiting signature" | "not begun" | "live" | "expired" | "ended";

export interface Signature {
  readonly organisation: string;
  readonly person: string;
  readonly signedAt: number;
  readonly termsHash: string;
}

export interface Agreement {
  readonly id: string;
  readonly terms: Terms;
  readonly signatures: readonly Signature[];
  readonly endedAt: number | null;
  readonly endedReason: string | null;
  readonly createdAt: number;
}
