import type { HiddenReason } from "./describe.ts";

/**
 * A figure of a table: a cell, or a total. A total has null for the keys it sums over. Each figure takes part in two
 * sums, and is an arc between them, so that a table is a network in which what flows into each sum flows out again.
 */
export interface Figure {
  readonly keys: readonly (string | null)[];
  readonly count: number;
  readonly value: number | null;
  readonly from: number;
  readonly to: number;
  hidden: HiddenReason | undefined;
  /** Set for the parts of a small whole: they are all hidden, zeros too, so a reader cannot rule zero out. */
  mayBeZero: boolean;
}

/** One thing a reader can add up: the parts make the whole. */
export interface Sum {
  readonly whole: Figure;
  readonly parts: readonly Figure[];
}

export interface CellInput {
  readonly keys: readonly string[];
  readonly count: number;
  readonly value?: number | null;
}

export interface SummedTable {
  readonly cells: readonly Figure[];
  readonly totals: readonly Figure[];
  readonly sums: readonly Sum[];
}

/** One total over all cells: both ends of every arc are the same sum, written twice. */
export function listSums(rows: readonly CellInput[], dims: number): SummedTable {
  const cells = rows.map((row) => cell(row, 0, 1));
  const whole = total(Array<null>(dims).fill(null), cells, 1, 0);
  const sum = { whole, parts: cells };
  return { cells, totals: [whole], sums: [sum, sum] };
}

/**
 * Rows and columns with their totals and the total of all. Sums in order: the row totals, the column totals, each row,
 * each column. A cell flows from its row to its column, a row total from the row totals to its row, a column total from
 * its column to the column totals, and the total of all back from there to the row totals.
 */
export function gridSums(rows: readonly CellInput[]): SummedTable {
  const rowKeys = [...new Set(rows.map(({ keys }) => keys[0] ?? ""))];
  const columnKeys = [...new Set(rows.map(({ keys }) => keys[1] ?? ""))];
  const rowAt = new Map(rowKeys.map((key, at) => [key, 2 + at]));
  const columnAt = new Map(columnKeys.map((key, at) => [key, 2 + rowKeys.length + at]));
  const cells = rows.map((row) => cell(row, rowAt.get(row.keys[0] ?? "") ?? 0, columnAt.get(row.keys[1] ?? "") ?? 0));
  const rowTotals = [...rowAt].map(([key, at]) => {
    const parts = cells.filter(({ from }) => from === at);
    return { whole: total([key, null], parts, 0, at), parts };
  });
  const columnTotals = [...columnAt].map(([key, at]) => {
    const parts = cells.filter(({ to }) => to === at);
    return { whole: total([null, key], parts, at, 1), parts };
  });
  const ofRows = rowTotals.map(({ whole }) => whole);
  const ofColumns = columnTotals.map(({ whole }) => whole);
  const all = total([null, null], cells, 1, 0);
  const sums = [{ whole: all, parts: ofRows }, { whole: all, parts: ofColumns }, ...rowTotals, ...columnTotals];
  return { cells, totals: [...ofRows, ...ofColumns, all], sums };
}

function cell({ keys, count, value }: CellInput, from: number, to: number): Figure {
  return { keys, count, value: value ?? null, from, to, hidden: undefined, mayBeZero: false };
}

function total(keys: readonly (string | null)[], parts: readonly Figure[], from: number, to: number): Figure {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { keys, count, value: null, from, to, hidden: undefined, mayBeZero: false };
}
