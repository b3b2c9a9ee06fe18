import { renderPred, type AttributeType, type Pred } from "../../access/index.ts";
import { ident, join, sql, type Fragment, type Leaf } from "../../sql/index.ts";
import type { Usable } from "./columns.ts";

/** A cell is cut to this many characters: a polygon may be as long as a book. */
export const mostCharacters = 200;

export interface RowsPlan {
  readonly where: Pred;
  readonly search: string;
  readonly sort: { readonly column: Usable; readonly down: boolean } | null;
  readonly shown: readonly Usable[];
  /** Columns that are searched. */
  readonly texts: readonly Usable[];
  /** Every column it looks at. */
  readonly columns: readonly Usable[];
}

/**
 * One page of rows, `record_no` first, then each shown column. Rows without a value come last in either order; ties stand as in
 * the file. The engine finds the records of the page by the sorting column alone and reads the others only for these.
 */
export function pageStatement(plan: RowsPlan, relation: Leaf, window: { offset: number; limit: number }): Fragment {
  const cells = plan.shown.map(({ number, storage }) => {
    const cell = ident(`c${number}`);
    return storage === "VARCHAR" ? sql`left(${cell}, ${mostCharacters + 1}) AS ${ident(`t${number}`)}` : cell;
  });
  const order = plan.sort
    ? sql`${ident(`c${plan.sort.column.number}`)} ${plan.sort.down ? sql`DESC` : sql`ASC`} NULLS LAST, record_no`
    : sql`record_no`;
  return sql`SELECT ${join([ident("record_no"), ...cells], ", ")} FROM ${relation} WHERE ${conditions(plan)}
    ORDER BY ${order} LIMIT ${window.limit} OFFSET ${window.offset}`;
}

export function countStatement(plan: RowsPlan, relation: Leaf): Fragment {
  return sql`SELECT count(*) FROM ${relation} WHERE ${conditions(plan)}`;
}

function conditions({ where, search, texts, columns }: RowsPlan): Fragment {
  const types = new Map(columns.map(({ number, storage }): [string, AttributeType] => [`c${number}`, storage]));
  const filter = renderPred(where, types);
  if (search === "") return filter;
  const held = texts.map(({ number }) => sql`coalesce(contains(lower(${ident(`c${number}`)}), ${search.toLowerCase()}), false)`);
  return sql`${filter} AND (${join(held, " OR ", "false")})`;
}
