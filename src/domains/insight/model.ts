import { z } from "zod";

/**
 * A question is data: kept, compared, sent and put in an address, and never text that a database would read. Columns are
 * named by their numbers, which stay when a header changes.
 */
const column = z.number().int().positive().max(100_000);

export const operators = ["is", "is not", "at least", "at most", "is empty", "is not empty"] as const;
export type Operator = (typeof operators)[number];

export const filterShape = z.object({
  column,
  op: z.enum(operators),
  /** As they are written: several for “is” and “is not”, one for “at least” and “at most”, none for the others. */
  values: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
});

export const measureShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("count") }),
  z.object({ kind: z.enum(["sum", "avg", "min", "max"]), column }),
  /** The records of a group that meet a condition, out of all of the group. */
  z.object({ kind: z.literal("share"), of: filterShape }),
  /** One column added up, divided by another added up: [x] where the second adds up to zero. */
  z.object({ kind: z.literal("ratio"), column, per: column }),
]);

/** What of a date or a time is grouped by. Left to itself a column is grouped by month, and by year over more than three years. */
export const dateParts = ["year", "month", "weekday", "hour"] as const;
export type DatePart = (typeof dateParts)[number];

export const questionShape = z.object({
  dataset: z.string().min(1).max(100),
  /** `own`, or the id of an agreement under which the dataset is lent. */
  under: z.string().min(1).max(100).default("own"),
  groupBy: z.array(column).max(2).default([]),
  /** For each grouping column that is a date or a time; null, or left out, leaves it to itself. */
  parts: z.array(z.enum(dateParts).nullable()).max(2).optional(),
  measure: measureShape.default({ kind: "count" }),
  filters: z.array(filterShape).max(10).default([]),
  /** The own dataset as it stood at the end of this day in London, such as 2026-03-31; as it stands now when left out. */
  on: z.string().trim().min(1).max(40).optional(),
});

/** One thing on a page of charts: a question, how it is drawn, and what stands beside it. */
export const chartShape = z.object({
  /** Left out, the finding stands, written from the figures. */
  title: z.string().trim().max(150).default(""),
  text: z.string().trim().max(1000).default(""),
  question: questionShape,
  draw: z.enum(["chart", "map", "table"]).default("chart"),
  /** Lines to compare with, such as limits in law. */
  limits: z
    .array(z.object({ value: z.number(), text: z.string().trim().min(1).max(60) }))
    .max(4)
    .default([]),
});

export const dashboardLimits = { charts: 30, title: 150, about: 1000 } as const;

export const dashboardShape = z.object({
  title: z.string().trim().min(1).max(dashboardLimits.title),
  about: z.string().trim().max(dashboardLimits.about).default(""),
  charts: z.array(chartShape).max(dashboardLimits.charts),
});

export type Chart = z.infer<typeof chartShape>;
export type NewDashboard = z.infer<typeof dashboardShape>;
export interface Dashboard extends NewDashboard {
  readonly id: string;
  readonly organisation: string;
  readonly changedAt: number;
}

export type Filter = z.infer<typeof filterShape>;
export type Measure = z.infer<typeof measureShape>;
export type Question = z.infer<typeof questionShape>;

export const groupLimit = 1000;
