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
export function pageStatement(
  plan: RowsPlan,
  relation: Leaf,
  window: { offset: number; limit: number },
  bound: Fragment | null,
): Fragment {
  const cells = plan.shown.map(({ number, storage }) => {
    const cell = ident(`c${number}`);
    return storage === "VARCHAR" ? sql`left(${cell}, ${mostCharacters + 1}) AS ${ident(`t${number}`)}` : cell;
  });
  const order = plan.sort ? sql`${ordered(plan.sort)} NULLS LAST, record_no` : sql`record_no`;
  return sql`SELECT ${join([ident("record_no"), ...cells], ", ")} FROM ${relation} WHERE ${conditions(plan)} AND ${bound ?? sql`true`}
    ORDER BY ${order} LIMIT ${window.limit} OFFSET ${window.offset}`;
}

type Sort = NonNullable<RowsPlan["sort"]>;

function ordered({ column, down }: Sort): Fragment {
  return sql`${ident(`c${column.number}`)} ${down ? sql`DESC` : sql`ASC`}`;
}

/** Whether a value stands at or past a bound, which is given as text, in an order. */
export function atOrPast({ column, down }: Sort, bound: string): Fragment {
  const cell = ident(`c${column.number}`);
  const value = {
    VARCHAR: sql`${bound}`,
    DATE: sql`${bound}::DATE`,
    DOUBLE: sql`${bound}::DOUBLE`,
    BIGINT: sql`${bound}::BIGINT`,
  };
  return down ? sql`${cell} >= ${value[column.storage]}` : sql`${cell} <= ${value[column.storage]}`;
}

/**
 * The value at a place of the order among the last records that meet the conditions, as text after a dot, since the driver takes a
 * byte order mark away that stands first; no row where there are fewer.
 */
export function lastStatement(plan: RowsPlan, relation: Leaf, { after, place }: { after: number; place: number }): Fragment {
  if (!plan.sort) throw new Error("Rows that are not sorted have no place.");
  const cell = ident(`c${plan.sort.column.number}`);
  return sql`SELECT '.' || CAST(${cell} AS VARCHAR) FROM ${relation}
    WHERE record_no > ${after} AND ${cell} IS NOT NULL AND ${conditions(plan)} ORDER BY ${ordered(plan.sort)} LIMIT 1 OFFSET ${place}`;
}

/** How many of the first records stand at or past the fiftieth of the last ones: none where values climb along the file. */
export function climbStatement(sort: Sort, relation: Leaf, { after, until }: { after: number; until: number }): Fragment {
  const cell = ident(`c${sort.column.number}`);
  const last = sql`SELECT ${cell} FROM ${relation} WHERE record_no > ${after} AND ${cell} IS NOT NULL ORDER BY ${ordered(sort)} LIMIT 1 OFFSET 49`;
  const past = sort.down ? sql`${cell} >= (${last})` : sql`${cell} <= (${last})`;
  return sql`SELECT count(*) FILTER (coalesce(${past}, true)) FROM ${relation} WHERE record_no <= ${until}`;
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
