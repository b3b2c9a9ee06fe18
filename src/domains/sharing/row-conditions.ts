import { formatDate } from "../../kernel/clock.ts";
import { getType } from "../../vocabulary/index.ts";
import { sharingError } from "./errors.ts";
import type { RowCondition } from "./model.ts";

/** A condition as somebody writes it: which column, and the values it may have. */
export interface NewCondition {
  readonly number: number;
  readonly values: readonly string[];
}

/** What a condition needs to know of a column, as the catalogue has it. */
export interface NamedColumn {
  readonly number: number;
  readonly name: string;
  readonly type: string;
}

export const rowLimits = { conditions: 5, values: 50 } as const;

/**
 * Conditions with their values as the lake keeps them, so that what is signed is what is compared: “Male” is M. Fails with
 * `sharing.no-such-column`, `no-value`, `no-such-value` or `too-many-conditions`, at the fields `r1`, `v1` and so on.
 */
export function parseConditions(given: readonly NewCondition[], columns: readonly NamedColumn[]): readonly RowCondition[] {
  if (given.length > rowLimits.conditions) throw sharingError("too-many-conditions", { limit: rowLimits.conditions });
  return given.map(({ number, values }, at) => {
    const column = columns.find((candidate) => candidate.number === number);
    if (!column) throw sharingError("no-such-column", { column: number }, { [`r${at + 1}`]: "Choose a column from the list." });
    const field = `v${at + 1}`;
    const written = values.map((value) => value.trim()).filter((value) => value !== "");
    if (written.length === 0) throw sharingError("no-value", { column: column.name }, { [field]: "Write at least one value." });
    if (written.length > rowLimits.values)
      throw sharingError("too-many-values", { column: column.name, limit: rowLimits.values }, { [field]: "Write fewer." });
    const kind = kindOf(column.type);
    const kept = written.map((value) => {
      const parsed = getType(column.type).parse(value);
      const usable = parsed !== undefined && parsed.length <= 200 && (kind !== "number" || /^-?\d{1,15}$/.test(parsed));
      if (!usable)
        throw sharingError(
          "no-such-value",
          { column: column.name, value: value.slice(0, 50), type: getType(column.type).label.toLowerCase() },
          { [field]: kind === "number" ? "Write whole numbers." : "Write values that the column can hold." },
        );
      return parsed;
    });
    return { number, kind, values: [...new Set(kept)].toSorted() };
  });
}

/** The conditions as they read in a sentence: “ward_code is E05000001 or E05000002, and sex is F”. */
export function conditionWords(conditions: readonly RowCondition[], columns: readonly NamedColumn[]): string {
  return conditions
    .map(({ number, kind, values }) => {
      const name = columns.find((column) => column.number === number)?.name ?? `column ${number}`;
      return `${name} is ${values.map((value) => (kind === "date" ? formatDate(value) : value)).join(" or ")}`;
    })
    .join(", and ");
}

function kindOf(type: string): RowCondition["kind"] {
  const { storage } = getType(type);
  if (storage === "DATE") return "date";
  return storage === "VARCHAR" ? "text" : "number";
}
