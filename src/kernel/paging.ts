/** One page of a list that may be long. */
export interface PageOf<Row> {
  readonly rows: readonly Row[];
  /** How many there are in all. */
  readonly total: number;
  /** From 1; the last one where a later one was asked for. */
  readonly page: number;
  readonly size: number;
}

export interface PageWindow {
  readonly offset: number;
  readonly limit: number;
}

export const pageSize = 50;

/** Counts first, then reads the rows of one page and no others. */
export async function readPage<Row>(
  wanted: number,
  list: { count: () => Promise<number>; rows: (window: PageWindow) => Promise<readonly Row[]> },
  size = pageSize,
): Promise<PageOf<Row>> {
  const total = await list.count();
  const page = Math.max(1, Math.min(Math.trunc(wanted) || 1, Math.ceil(total / size)));
  return { rows: total === 0 ? [] : await list.rows({ offset: (page - 1) * size, limit: size }), total, page, size };
}
