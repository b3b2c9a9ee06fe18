import { classOrder, getType, type ColumnClass } from "../../../vocabulary/index.ts";
import type { KitMatch } from "./recognise-kit.ts";

/** How many of a column's distinct values were looked at, and how many are valid for the type that the kit gives it. */
export interface TypeTrial {
  readonly header: string;
  readonly type: string;
  readonly values: number;
  readonly valid: number;
}

export interface TypeProposals {
  /** The type of each column, by header, where the values do not speak against it. */
  readonly types: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

const enough = 0.8;

/** A column that has a type in the kit; its codes are of that type, whatever they look like. */
export interface TypedByKit {
  readonly header: string;
  readonly type: string;
  readonly codes: readonly string[];
}

export function kitTypes({ columns }: KitMatch): readonly TypedByKit[] {
  return [...columns].flatMap(([header, { type, codes }]) =>
    type === null ? [] : [{ header, type, codes: [...(codes ?? new Map<string, string>()).keys()] }],
  );
}

/**
 * Which of a kit's types count: those that four in five distinct values are valid for, and those that no value can refute.
 * What the values themselves show to be more sensitive stays so: a kit never makes a column easier to see by its word alone.
 */
export function proposeTypes(
  trials: readonly TypeTrial[],
  detected: ReadonlyMap<string, { readonly type: string | null; readonly confidence: number }>,
): TypeProposals {
  const types = new Map<string, string>();
  const notes: string[] = [];
  for (const { header, type, values, valid } of trials) {
    const { by } = getType(type).detect;
    const found = detected.get(header);
    const sure = found && found.confidence >= 0.9 && found.type !== null ? getType(found.type) : undefined;
    const word = by === "name" || by === "fallback";
    if (word && sure && isMore(sure.class, getType(type).class))
      notes.push(`“${header}” is ${getType(type).label} in the kit and ${sure.label} by its values, which is kept.`);
    else if (by === "name" || values === 0 || valid / values >= enough) types.set(header, type);
    else notes.push(`“${header}” does not hold what the kit says: too few of its values are valid as ${getType(type).label}.`);
  }
  return { types, notes };
}

function isMore(one: ColumnClass, other: ColumnClass): boolean {
  return classOrder.indexOf(one) > classOrder.indexOf(other);
}
