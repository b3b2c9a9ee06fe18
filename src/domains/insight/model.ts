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

export const questionShape = z.object({
  dataset: z.string().min(1).max(100),
  /** `own`, or the id of an agreement under which the dataset is lent. */
  under: z.string().min(1).max(100).default("own"),
  groupBy: z.array(column).max(2).default([]),
  measure: measureShape.default({ kind: "count" }),
  filters: z.array(filterShape).max(10).default([]),
});

export type Filter = z.infer<typeof filterShape>;
export type Measure = z.infer<typeof measureShape>;
export type Question = z.infer<typeof questionShape>;

export const groupLimit = 1000;
