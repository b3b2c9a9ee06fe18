import type { House, Scope } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import type { Fragment, Leaf } from "../../sql/index.ts";
import { atOrPast, climbStatement, lastStatement, type RowsPlan } from "./rows-statement.ts";

/** Below this a sort costs nothing worth saving. */
const leastRows = 200_000;
/** How many records at the end of the file are looked at first: more than can be paged through. */
const lookedAt = 40_960;
const mostKept = 10_000;

/** Which orders of which columns of which versions run against the file; no value of a row is kept. */
const against = new WeakMap<House, Map<string, boolean>>();

/**
 * The engine reads a file from its beginning, and where values climb along the file the largest come last: it would put each row
 * before the ones it has. The last records then give a bound: what stands at the same place among them is never past what
 * stands at that place among all, so that nothing before it need be looked at. Nothing where the order does not run so.
 */
export async function findBound(
  scope: Scope,
  plan: RowsPlan,
  relation: Leaf,
  { version, place, house }: { readonly version: Version; readonly place: number; readonly house: House },
): Promise<Fragment | null> {
  const { sort } = plan;
  if (!sort || version.rows < leastRows) return null;
  const after = version.lastRecord - lookedAt;
  const known = against.get(house) ?? new Map<string, boolean>();
  against.set(house, known);
  const key = `${version.id} ${sort.column.number} ${sort.down}`;
  let climbs = known.get(key);
  if (climbs === undefined) {
    const { rows } = await scope.query(climbStatement(sort, relation, { after, until: lookedAt }), { maxRows: 1 });
    climbs = rows[0] !== undefined && Number(rows[0][0]) === 0;
    if (known.size >= mostKept) known.clear();
    known.set(key, climbs);
  }
  if (!climbs) return null;
  const { rows } = await scope.query(lastStatement(plan, relation, { after, place }), { maxRows: 1 });
  const bound = rows[0]?.[0];
  return typeof bound === "string" ? atOrPast(sort, bound.slice(1)) : null;
}
