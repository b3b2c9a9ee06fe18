/**
 * Invented columns with what they hold, as councils, schools, health services and police export them: each kind of data under
 * headers in several styles, with blanks, stray spaces, mixed case and words for nothing; and traps, which look like what they
 * are not. The same ones for the same seed. Nobody in them exists: NHS numbers are of the range kept for testing.
 */
import { getType, type ColumnEvidence } from "../../src/vocabulary/index.ts";
import { controlHeaders, kinds, traps } from "./invented-kinds.ts";

export interface InventedColumn {
  readonly evidence: ColumnEvidence;
  /** What it is and what it may be taken for; of a trap, every type that is not wrong. */
  readonly accepted: readonly string[];
  readonly trap: boolean;
}

/** A source of chance: the same numbers for the same seed (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.whole(0, items.length - 1)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.whole(0, 9)).join("");
  }

  letters(from: string, length: number): string {
    return Array.from({ length }, () => this.pick(Array.from(from))).join("");
  }

  /** A value that a type accepts, by trying. */
  valid(type: string, make: () => string): string {
    for (let tries = 0; tries < 5000; tries += 1) {
      const value = make();
      if (getType(type).parse(value) !== undefined) return value;
    }
    throw new Error(`No ${type} was found.`);
  }
}

export function inventColumns(seed: number, rows = 240): readonly InventedColumn[] {
  const chance = new Chance(seed);
  const columns: InventedColumn[] = [];
  for (const { accepted, headers, make, dirty = true } of kinds)
    for (const header of headers)
      columns.push({
        accepted,
        trap: false,
        evidence: column(header, dirty ? soiled(chance, rows, make) : clean(chance, rows, make)),
      });
  for (const { accepted, header, make } of traps)
    columns.push({ accepted, trap: true, evidence: column(header, clean(chance, rows, make)) });
  return columns;
}

/** The same values under further headers. */
export function inventControl(seed: number, rows = 240): readonly InventedColumn[] {
  const chance = new Chance(seed);
  return controlHeaders.flatMap(([type, headers]) => {
    const made = kinds.filter(({ accepted }) => accepted[0] === type);
    return headers.map((header) => {
      const { accepted, make } = chance.pick(made);
      return { accepted, trap: false, evidence: column(header, soiled(chance, rows, make)) };
    });
  });
}

function clean(chance: Chance, rows: number, make: (chance: Chance, row: number) => string): readonly string[] {
  return Array.from({ length: rows }, (_, row) => make(chance, row));
}

function soiled(chance: Chance, rows: number, make: (chance: Chance, row: number) => string): readonly string[] {
  const nothing = chance.pick(["N/A", "NULL", "-", "Not known", "n/a"]);
  return clean(chance, rows, make).map((value) => {
    const fate = chance.next();
    if (fate < 0.12) return "";
    if (fate < 0.15) return nothing;
    if (fate < 0.2) return ` ${value} `;
    return fate < 0.25 ? value.toUpperCase() : value;
  });
}

function column(name: string, cells: readonly string[]): ColumnEvidence {
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== "") counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const distinct = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
  return {
    name,
    rows: cells.length,
    nulls: cells.filter((cell) => cell === "").length,
    distinct,
    distinctTotal: distinct.length,
  };
}
