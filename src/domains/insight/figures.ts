import type { QueryResult } from "../../engine/index.ts";
import { suppressTable, type HiddenReason, type SafeTable } from "../../disclosure/index.ts";
import { groupLimit } from "./model.ts";

/** One figure as it may be read: null where it is hidden (`shown` is false) or where there is none. */
export interface Figure {
  readonly keys: readonly (string | null)[];
  /** The base count. */
  readonly n: number | null;
  readonly value: number | null;
  readonly shown: boolean;
  readonly reason: HiddenReason | null;
}

export interface Figures {
  readonly cells: readonly Figure[];
  /** With two groups the sums over each, then the sum of all, which is always last. */
  readonly totals: readonly Figure[];
  /** Every count that the reader is given or can add up at once, for differencing; a share gives two of each group. */
  readonly counts: readonly { readonly keys: readonly (string | null)[]; readonly hit: boolean | null; readonly n: number }[];
}

interface Raw {
  readonly keys: readonly (string | null)[];
  readonly n: number;
  readonly value: number | null;
  readonly hits: number;
}

export interface RawFigures {
  readonly cells: readonly Raw[];
  readonly totals: readonly Raw[];
}

/**
 * Reads the statement's rows; nothing when there are more groups than an answer may have. Gaps in a table of two groups become zeros, since a reader knows them for
 * what they are.
 */
export function readFigures(result: QueryResult, dims: number, isCount: boolean): RawFigures | undefined {
  const all = result.rows.map((row): Raw => {
    const summed = [Number(row[0]) === 1, Number(row[1]) === 1];
    const keys = [row[2], row[3]].slice(0, dims).map((key, at) => (summed[at] ? null : String(key ?? "")));
    const value = row[5] === null ? null : Number(row[5]);
    return { keys, n: Number(row[4] ?? 0), value: Number.isFinite(value) ? value : null, hits: Number(row[6] ?? 0) };
  });
  const cells = all.filter(({ keys }) => keys.every((key) => key !== null));
  const totals = all.filter(({ keys }) => dims === 0 || keys.some((key) => key === null));
  if (cells.length > groupLimit) return undefined;
  if (dims !== 2) return { cells, totals };
  const known = new Set(cells.map(({ keys }) => JSON.stringify(keys)));
  const rows = [...new Set(cells.map(({ keys }) => keys[0] ?? ""))];
  const columns = [...new Set(cells.map(({ keys }) => keys[1] ?? ""))];
  if (rows.length * columns.length > groupLimit) return undefined;
  const gaps = rows
    .flatMap((first) => columns.map((second) => [first, second]))
    .filter((keys) => !known.has(JSON.stringify(keys)))
    .map((keys): Raw => ({ keys, n: 0, value: isCount ? 0 : null, hits: 0 }));
  return { cells: [...cells, ...gaps], totals };
}

/** Passes figures through disclosure control; `minCell` 0, for data about no people, lets all pass. */
export function controlFigures(raw: RawFigures, dims: number, minCell: number, isShare: boolean): Figures {
  if (minCell === 0) return { ...withoutControl(raw), counts: [] };
  return isShare ? controlShares(raw, dims, minCell) : controlPlain(raw, dims, minCell);
}

function withoutControl({ cells, totals }: RawFigures): Omit<Figures, "counts"> {
  const open = ({ keys, n, value }: Raw): Figure => ({ keys, n, value, shown: true, reason: null });
  return { cells: cells.map(open), totals: totals.map(open) };
}

function controlPlain(raw: RawFigures, dims: number, minCell: number): Figures {
  const safe = suppressTable(
    { dims, rows: raw.cells.map(({ keys, n, value }) => ({ keys: keys.map((key) => key ?? ""), count: n, value })) },
    { minCell },
  );
  const valueOf = new Map(raw.totals.map(({ keys, value }) => [JSON.stringify(keys), value]));
  const figure = ({ keys, count, shown, reason }: SafeTable["cells"][number], value: number | null): Figure =>
    shown ? { keys, n: count, value, shown, reason: null } : { keys, n: null, value: null, shown, reason: reason ?? "small" };
  const cells = safe.cells.map((cell) => figure(cell, cell.value));
  const totals = safe.totals.map((total) => figure(total, valueOf.get(JSON.stringify(total.keys)) ?? null));
  const counts = [...cells, ...totals].flatMap(({ keys, n }) => (n === null ? [] : [{ keys, hit: null, n }]));
  return { cells, totals, counts };
}

/**
 * A share tells two counts, those that meet the condition and those that do not, so the table that is controlled has
 * both: groups down, the two across. A share is shown only where both of its counts are.
 */
function controlShares(raw: RawFigures, dims: number, minCell: number): Figures {
  const keyOf = (keys: readonly (string | null)[]) => JSON.stringify(keys);
  const safe = suppressTable(
    {
      dims: 2,
      rows: raw.cells.flatMap(({ keys, n, hits }) => [
        { keys: [keyOf(keys), "in"], count: hits },
        { keys: [keyOf(keys), "out"], count: n - hits },
      ]),
    },
    { minCell },
  );
  const counted = new Map([...safe.cells, ...safe.totals].map((figure) => [JSON.stringify(figure.keys), figure]));
  const find = (key: string | null, side: string | null) => counted.get(JSON.stringify([key, side]));
  const share = (keys: readonly (string | null)[], key: string | null, value: number | null): Figure => {
    const parts = [find(key, "in"), find(key, "out"), find(key, null)];
    const hidden = parts.find((part) => part?.shown !== true);
    const shown = parts.every((part) => part?.shown === true);
    return shown
      ? { keys, n: parts[2]?.count ?? null, value, shown, reason: null }
      : { keys, n: null, value: null, shown, reason: hidden?.reason ?? "small" };
  };
  const all = raw.totals.find(({ keys }) => keys.every((key) => key === null));
  const nobody = Array<null>(dims).fill(null);
  const cells = raw.cells.map(({ keys, value }) => share(keys, keyOf(keys), value));
  const totals = [share(nobody, null, all?.value ?? null)];
  const sides = [
    ["in", true],
    ["out", false],
    [null, null],
  ] as const;
  const shownCells = cells.filter(({ shown }) => shown).map(({ keys }) => ({ keys, key: keyOf(keys) as string | null }));
  const shownTotals = totals.filter(({ shown }) => shown).map(({ keys }) => ({ keys, key: null }));
  const counts = [...shownCells, ...shownTotals].flatMap(({ keys, key }) =>
    sides.flatMap(([side, hit]) => {
      const n = find(key, side)?.count;
      return n === null || n === undefined ? [] : [{ keys, hit, n }];
    }),
  );
  return { cells, totals, counts };
}
