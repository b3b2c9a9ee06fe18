import { ident, join, sql, type Fragment, type Leaf } from "../../sql/index.ts";
import type { Usable } from "./columns.ts";

/** How a column is drawn. */
export type Drawn =
  | { readonly as: "spread"; readonly column: Usable; readonly from: number; readonly step: number; readonly bins: number }
  | { readonly as: "time"; readonly column: Usable; readonly unit: "day" | "month" | "year" }
  | { readonly as: "values"; readonly column: Usable };

export const mostValues = 12;
/** More areas than a council has wards. */
export const mostAreas = 150;
/** The days of a year. */
export const mostInLine = 366;

/** One row: for each column how many cells are filled, and for numbers and dates the least and the largest of them. */
export function rangesStatement(columns: readonly Usable[], relation: Leaf): Fragment {
  const figures = columns.map((column) => {
    const cell = valueOf(column);
    const ends = hasRange(column) ? sql`CAST(min(${cell}) AS VARCHAR), CAST(max(${cell}) AS VARCHAR)` : sql`NULL, NULL`;
    return sql`count(${cell}), ${ends}`;
  });
  return sql`SELECT count(*), ${join(figures, ", ")} FROM ${relation}`;
}

/** Every picture's counts in one statement: the column's number, the group and how many rows are in it. */
export function picturesStatement(drawn: readonly Drawn[], relation: Leaf): Fragment {
  const parts = drawn.map(
    (one) => sql`(SELECT ${one.column.number} AS number, ${keyOf(one)} AS key, count(*) AS n FROM ${relation}
    WHERE ${valueOf(one.column)} IS NOT NULL GROUP BY key ORDER BY n DESC, key LIMIT ${mostOf(one)})`,
  );
  return join(parts, " UNION ALL ");
}

function mostOf({ as, column }: Drawn): number {
  if (as !== "values") return mostInLine;
  return column.type === "geo.gss_code" ? mostAreas : mostValues;
}

export function hasRange({ storage, type }: Usable): boolean {
  return storage !== "VARCHAR" || type === "time.instant";
}

function keyOf(one: Drawn): Fragment {
  const cell = valueOf(one.column);
  switch (one.as) {
    case "spread":
      return sql`CAST(least(floor((${cell} - ${one.from}::DOUBLE) / ${one.step}::DOUBLE), ${one.bins - 1}) AS VARCHAR)`;
    case "time":
      return sql`strftime(${cell}, ${{ day: "%Y-%m-%d", month: "%Y-%m-01", year: "%Y-01-01" }[one.unit]})`;
    case "values":
      return sql`CAST(${cell} AS VARCHAR)`;
  }
}

/** A moment is drawn by its day. */
function valueOf({ number, type }: Usable): Fragment {
  const cell = ident(`c${number}`);
  return type === "time.instant" ? sql`try_cast(left(${cell}, 10) AS DATE)` : cell;
}
