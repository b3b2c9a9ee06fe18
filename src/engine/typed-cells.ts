import { ident, join, sql, type Fragment } from "../sql/index.ts";
import { getType } from "../vocabulary/index.ts";

/**
 * The typed reading of text columns, `record_no` first: each cell normalised by its column's semantic type, or null where
 * it is not valid. A typed layer holds the rows of this; a version without one is read through it.
 */
export function typedCells(columns: readonly { readonly number: number; readonly type: string }[]): Fragment {
  const cells = columns.map(({ number, type }) => sql`${getType(type).sql(ident(`c${number}`))} AS ${ident(`c${number}`)}`);
  return join([ident("record_no"), ...cells], ", ");
}
