import type { QueryResult } from "../../engine/index.ts";
import {
  isSmall,
  releaseShare,
  releaseSum,
  releaseTable,
  roundMean,
  suppressTable,
  type HiddenReason,
  type SafeFigure,
  type SafeTable,
} from "../../disclosure/index.ts";
import { groupLimit } from "./model.ts";
import type { PlannedMeasure } from "./plan.ts";

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
  /** Exactly, and never shown: every count that the reader is given, for differencing; a share gives two of each group. */
  readonly counts: readonly { readonly keys: readonly (string | null)[]; readonly hit: boolean | null; readonly n: number }[];
  /** Whether groups may have been left out, unnamed, since each has too few people. */
  readonly others: boolean;
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

export interface Control {
  readonly dims: number;
  /** 0: nothing is hidden. */
  readonly minCell: number;
  /** Whether the records are of people: then figures are rounded, and zero is hidden with the small counts. */
  readonly people: boolean;
  /** Whether conditions are in force: then a small group of people is not even named. */
  readonly filtered: boolean;
  readonly kind: PlannedMeasure["kind"];
}

/** Passes figures through disclosure control. */
export function controlFigures(raw: RawFigures, control: Control): Figures {
  if (control.minCell === 0) return { ...withoutControl(raw), counts: [], others: false };
  const figures = control.kind === "share" ? controlShares(raw, control) : controlPlain(raw, control);
  return control.people && control.filtered && control.dims > 0 ? withoutSmallNames(figures, control.dims) : figures;
}

/** Whether so few people are asked about that there is no answer at all; nobody is told whether there are any. */
export function isTooFew({ totals }: RawFigures, { minCell, people }: Pick<Control, "minCell" | "people">): boolean {
  const whole = totals.find(({ keys }) => keys.every((key) => key === null));
  return people && isSmall(whole?.n ?? 0, { minCell });
}

function withoutControl({ cells, totals }: RawFigures): Pick<Figures, "cells" | "totals"> {
  const open = ({ keys, n, value }: Raw): Figure => ({ keys, n, value, shown: true, reason: null });
  return { cells: cells.map(open), totals: totals.map(open) };
}

/** A group is named where the whole group is large, whatever of it is hidden. */
function withoutSmallNames(figures: Figures, dims: number): Figures {
  const all = [...figures.cells, ...figures.totals];
  const named = Array.from(
    { length: dims },
    (_, at) => new Set(all.filter(({ reason }) => reason !== "small").map(({ keys }) => keys[at])),
  );
  const isNamed = ({ keys }: Figure) => keys.every((key, at) => key === null || named[at]?.has(key));
  return { ...figures, cells: figures.cells.filter(isNamed), totals: figures.totals.filter(isNamed), others: true };
}

function controlPlain(raw: RawFigures, { dims, minCell, people, kind }: Control): Figures {
  const suppressed = suppressTable(
    { dims, rows: raw.cells.map(({ keys, n, value }) => ({ keys: keys.map((key) => key ?? ""), count: n, value })) },
    { minCell },
  );
  const safe = people ? releaseTable(suppressed) : suppressed;
  const exact = new Map([...raw.totals, ...raw.cells].map((figure) => [JSON.stringify(figure.keys), figure]));
  const figure = ({ keys, count, shown, reason }: SafeFigure): Figure => {
    if (!shown || count === null) return { keys, n: null, value: null, shown: false, reason: reason ?? "small" };
    const found = exact.get(JSON.stringify(keys));
    const value = people ? releaseValue(kind, count, found) : (found?.value ?? null);
    return { keys, n: count, value, shown, reason: null };
  };
  const cells = safe.cells.map(figure);
  const totals = safe.totals.map(figure);
  const counts = [...cells, ...totals].flatMap(({ keys, shown }) => {
    const n = exact.get(JSON.stringify(keys))?.n;
    return shown && n !== undefined ? [{ keys, hit: null, n }] : [];
  });
  return { cells, totals, counts, others: false };
}

/** A value about people, of as many as are said. */
function releaseValue(kind: PlannedMeasure["kind"], count: number, exact: Raw | undefined): number | null {
  if (kind === "count") return count;
  if (!exact || exact.value === null) return null;
  if (kind === "sum") return releaseSum(exact.value, exact.n);
  return kind === "avg" || kind === "ratio" ? roundMean(exact.value) : null;
}

/**
 * A share tells two counts, those that meet the condition and those that do not, so the table that is controlled has
 * both: groups down, the two across. A share is shown only where both of its counts are.
 */
function controlShares(raw: RawFigures, { dims, minCell, people }: Control): Figures {
  const keyOf = (keys: readonly (string | null)[]) => JSON.stringify(keys);
  const suppressed = suppressTable(
    {
      dims: 2,
      rows: raw.cells.flatMap(({ keys, n, hits }) => [
        { keys: [keyOf(keys), "in"], count: hits },
        { keys: [keyOf(keys), "out"], count: n - hits },
      ]),
    },
    { minCell },
  );
  const byKeys = (table: SafeTable) =>
    new Map([...table.cells, ...table.totals].map((figure) => [JSON.stringify(figure.keys), figure]));
  const exact = byKeys(suppressed);
  const counted = people ? byKeys(releaseTable(suppressed)) : exact;
  const find = (key: string | null, side: string | null) => counted.get(JSON.stringify([key, side]));
  const share = (keys: readonly (string | null)[], key: string | null, value: number | null): Figure => {
    const parts = [find(key, null), find(key, "in"), find(key, "out")];
    const hidden = parts.find((part) => part?.shown !== true);
    const [whole, hits] = parts;
    if (hidden !== undefined || whole?.count === null || whole?.count === undefined) {
      // of a group that is large itself only the share is kept back, and the group may be named
      const reason = whole?.shown === true && people ? "complement" : (hidden?.reason ?? "small");
      return { keys, n: null, value: null, shown: false, reason };
    }
    const told = people ? releaseShare(hits?.count ?? 0, whole.count) : value;
    return { keys, n: whole.count, value: told, shown: true, reason: null };
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
      const n = exact.get(JSON.stringify([key, side]))?.count;
      return n === null || n === undefined ? [] : [{ keys, hit, n }];
    }),
  );
  return { cells, totals, counts, others: false };
}
