/**
 * Hides what a table must not show, in two steps.
 *
 * 1. Primary: every count from 1 to minCell − 1, totals included. Zero stays, except among the parts of a small whole,
 *    which all go: four cells above zero that together are "fewer than 5" could only be ones.
 * 2. Secondary, until nothing changes. In each sum (a row, a column, the totals): one hidden figure alone is found by
 *    subtraction, so another goes; and the hidden ones together must reach minCell, or their sum, which subtraction
 *    gives, would itself be a small count. Then every hidden figure that the reader could still work out exactly, from all
 *    sums together and from what the reasons say (`pinned.ts`), is given another hidden figure beside it.
 *
 * What goes is the smallest figure above zero; of equals a part before its whole, then the earlier. Values (sums, means, least and
 * greatest) obey the base count: a value is shown only where its count is. Hidden figures leave here as null, so that
 * no page, file or title further on can show them by mistake.
 */
import type { HiddenReason } from "./describe.ts";
import { findPinned } from "./pinned.ts";
import { minCellOf, type DisclosureProfile } from "./profile.ts";
import { gridSums, listSums, type CellInput, type Figure, type Sum, type SummedTable } from "./sums.ts";

export interface TableInput {
  readonly rows: readonly CellInput[];
  /** How many keys each row has. With two, row and column totals are given; otherwise only the total of all. */
  readonly dims: number;
}

export interface SafeFigure {
  /** The row's keys; null in a total where it sums over a key. */
  readonly keys: readonly (string | null)[];
  readonly count: number | null;
  readonly value: number | null;
  readonly shown: boolean;
  readonly reason?: HiddenReason;
}

export interface SafeTable {
  readonly cells: readonly SafeFigure[];
  readonly totals: readonly SafeFigure[];
  readonly minCell: number;
}

export function suppressTable(table: TableInput, profile: DisclosureProfile): SafeTable {
  refuseNonsense(table);
  const minCell = minCellOf(profile);
  const summed = table.dims === 2 ? gridSums(table.rows) : listSums(table.rows, table.dims);
  const figures = [...summed.cells, ...summed.totals];
  hideSmall(summed, figures, minCell);
  while (hideMore(summed, figures, minCell));
  return { cells: summed.cells.map(safe), totals: summed.totals.map(safe), minCell };
}

function hideSmall({ sums }: SummedTable, figures: readonly Figure[], minCell: number): void {
  for (const figure of figures) if (figure.count > 0 && figure.count < minCell) figure.hidden = "small";
  for (const { whole, parts } of sums) {
    if (whole.hidden !== "small") continue;
    for (const part of parts) {
      part.hidden = "small";
      part.mayBeZero = true;
    }
  }
}

function hideMore({ sums }: SummedTable, figures: readonly Figure[], minCell: number): boolean {
  const weak = sums.find((sum) => gaveAway(sum, minCell) && candidates([sum]).length > 0);
  if (weak) return hideOne(candidates([weak]));
  for (const figure of findPinned(figures, minCell)) {
    const near = candidates(sums.filter((_, at) => at === figure.from || at === figure.to));
    const chosen = near.length > 0 ? near : candidates(sums);
    if (chosen.length > 0) return hideOne(chosen);
  }
  return false;
}

function gaveAway({ whole, parts }: Sum, minCell: number): boolean {
  const hidden = [whole, ...parts].filter((figure) => figure.hidden !== undefined);
  if (hidden.length === 0) return false;
  return hidden.length === 1 || hidden.reduce((sum, { count }) => sum + count, 0) < minCell;
}

/** What could still be hidden in these sums, best first. */
function candidates(sums: readonly Sum[]): readonly Figure[] {
  return sums
    .flatMap(({ whole, parts }) => [...parts, whole])
    .filter((figure) => figure.hidden === undefined && figure.count > 0)
    .toSorted((one, other) => one.count - other.count);
}

function hideOne([first]: readonly Figure[]): boolean {
  if (first) first.hidden = "complement";
  return first !== undefined;
}

function safe({ keys, count, value, hidden }: Figure): SafeFigure {
  return hidden === undefined
    ? { keys, count, value, shown: true }
    : { keys, count: null, value: null, shown: false, reason: hidden };
}

function refuseNonsense({ rows, dims }: TableInput): void {
  const seen = new Set<string>();
  for (const { keys, count } of rows) {
    if (keys.length !== dims) throw new Error(`A row has ${keys.length} keys in a table of ${dims}.`);
    if (!Number.isSafeInteger(count) || count < 0) throw new Error("A count is not a whole number from 0.");
    seen.add(JSON.stringify(keys));
  }
  if (seen.size !== rows.length) throw new Error("Two rows of a table have the same keys.");
}
