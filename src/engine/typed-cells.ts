import { ident, join, sql, type Fragment } from "../sql/index.ts";
import { getType, type Reading } from "../vocabulary/index.ts";

/** A column of a text layer with what it is and how it is read. */
export interface TypedColumn {
  readonly number: number;
  readonly type: string;
  readonly reading?: Reading;
}

/**
 * The typed reading of text columns, `record_no` first: each cell normalised by its column's semantic type, dates as the column
 * writes them, or null where it is not valid or stands for nothing. A typed layer holds the rows of this; a version without one
 * is read through it.
 */
export function typedCells(columns: readonly TypedColumn[]): Fragment {
  const cells = columns.map((column) => {
    const typed = getType(column.type).sql(filledCell(column), column.reading?.dates);
    return sql`${typed} AS ${ident(`c${column.number}`)}`;
  });
  return join([ident("record_no"), ...cells], ", ");
}

/** The text of a cell, or none where it stands for nothing in its column. */
export function filledCell({ number, reading }: TypedColumn): Fragment {
  const cell = ident(`c${number}`);
  const missing = reading?.missing ?? [];
  if (missing.length === 0) return cell;
  return sql`CASE WHEN list_contains(${missing}::VARCHAR[], lower(trim(${cell}, ${" \t\r\n\u00a0\ufeff"}))) THEN '' ELSE ${cell} END`;
}
