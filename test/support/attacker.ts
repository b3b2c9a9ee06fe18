import type { SafeFigure, SafeTable } from "../../src/disclosure/index.ts";

interface Unknown {
  least: number;
  most: number;
}
interface Equation {
  readonly whole: number;
  readonly parts: readonly number[];
}

const farAbove = 60;

/**
 * A reader who wants the hidden figures. Knows the shown ones, that parts make wholes, the rule, and what each reason
 * says: "small" is 1 to minCell − 1, or 0 too inside a small whole, "complement" is minCell or more. For each hidden figure: the values it can have in some complete table that fits, by exhaustive search with
 * bounds, up to two of them. Written without the code under test.
 */
export function possibleValues(table: SafeTable): ReadonlyMap<SafeFigure, readonly number[]> {
  const figures = [...table.cells, ...table.totals];
  const equations = equationsOf(figures);
  const start = figures.map((figure, at) => {
    const inSmall = equations.some(({ whole, parts }) => figures[whole]?.reason === "small" && parts.includes(at));
    return rangeOf(figure, table.minCell, inSmall ? 0 : 1);
  });
  const found = new Map<SafeFigure, number[]>();
  figures.forEach((figure, at) => {
    if (figure.shown) return;
    const { least, most } = propagate(start, equations)?.[at] ?? { least: 1, most: 0 };
    const values: number[] = [];
    for (let value = least; value <= most && values.length < 2; value += 1) {
      const tried = start.map((range, place) => (place === at ? { least: value, most: value } : range));
      if (solvable(tried, equations)) values.push(value);
    }
    found.set(figure, values);
  });
  return found;
}

function rangeOf({ count, reason }: SafeFigure, minCell: number, least: number): Unknown {
  if (count !== null) return { least: count, most: count };
  return reason === "small" ? { least, most: minCell - 1 } : { least: minCell, most: farAbove * 20 };
}

function equationsOf(figures: readonly SafeFigure[]): readonly Equation[] {
  return figures.flatMap((whole, at) =>
    whole.keys
      .map((key, place) => (key === null ? place : -1))
      .filter((place) => place >= 0)
      .map((place) => ({ whole: at, parts: partsOf(figures, whole, place) }))
      .filter(({ parts }) => parts.length > 0),
  );
}

/** The figures that differ from `whole` only in having a key at `place`. */
function partsOf(figures: readonly SafeFigure[], whole: SafeFigure, place: number): readonly number[] {
  return figures.flatMap((part, at) => {
    const alike = part.keys.every((key, other) => other === place || key === whole.keys[other]);
    return alike && part.keys[place] !== null ? [at] : [];
  });
}

function solvable(ranges: readonly Unknown[], equations: readonly Equation[]): boolean {
  const tight = propagate(ranges, equations);
  if (!tight) return false;
  const open = tight.map(({ least, most }, at) => ({ at, width: most - least })).filter(({ width }) => width > 0);
  const [narrowest] = open.toSorted((one, other) => one.width - other.width);
  if (!narrowest) return true;
  const { least, most } = tight[narrowest.at] ?? { least: 1, most: 0 };
  for (let value = least; value <= most; value += 1) {
    if (
      solvable(
        tight.map((range, at) => (at === narrowest.at ? { least: value, most: value } : range)),
        equations,
      )
    )
      return true;
  }
  return false;
}

function propagate(ranges: readonly Unknown[], equations: readonly Equation[]): readonly Unknown[] | undefined {
  const now = ranges.map((range) => ({ ...range }));
  const at = (place: number): Unknown => now[place] ?? { least: 0, most: 0 };
  for (let changed = true; changed;) {
    changed = false;
    const narrow = (range: Unknown, least: number, most: number) => {
      if (least > range.least) [range.least, changed] = [least, true];
      if (most < range.most) [range.most, changed] = [most, true];
    };
    for (const { whole, parts } of equations) {
      const sumLeast = parts.reduce((sum, part) => sum + at(part).least, 0);
      const sumMost = parts.reduce((sum, part) => sum + at(part).most, 0);
      narrow(at(whole), sumLeast, sumMost);
      for (const part of parts) {
        const range = at(part);
        const othersLeast = sumLeast - range.least;
        const othersMost = sumMost - range.most;
        if (changed) break;
        narrow(range, at(whole).least - othersMost, at(whole).most - othersLeast);
      }
    }
    if (now.some(({ least, most }) => least > most)) return undefined;
  }
  return now;
}
