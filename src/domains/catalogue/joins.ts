import type { Records, Store } from "../../store/index.ts";
import type { CatalogueTables } from "./store.ts";

/** Two columns of different datasets that hold each other's values, and how many distinct values they share. */
export interface Join {
  readonly from: { readonly dataset: string; readonly number: number; readonly distinct: number; readonly unique: boolean };
  readonly to: { readonly dataset: string; readonly number: number; readonly distinct: number; readonly unique: boolean };
  readonly meet: number;
}

/** Keeps what was found between datasets, in the place of what was found between them before. */
export async function recordJoins(store: Store, datasets: readonly string[], joins: readonly Join[]): Promise<void> {
  await store.transaction(async (records) => {
    const db = records.as<CatalogueTables>();
    for (const dataset of datasets)
      await db.deleteFrom("join_found").where("from_dataset", "=", dataset).where("to_dataset", "in", datasets).execute();
    for (const { from, to, meet } of joins)
      await db
        .insertInto("join_found")
        .values({
          from_dataset: from.dataset,
          from_number: from.number,
          to_dataset: to.dataset,
          to_number: to.number,
          meet,
          from_distinct: from.distinct,
          to_distinct: to.distinct,
          from_unique: Number(from.unique),
          to_unique: Number(to.unique),
        })
        .execute();
  });
}

/** What a dataset fits together with, seen from it, the fullest first. */
export async function listJoins(records: Records, dataset: string): Promise<readonly Join[]> {
  const rows = await records
    .as<CatalogueTables>()
    .selectFrom("join_found")
    .selectAll()
    .where((where) => where.or([where("from_dataset", "=", dataset), where("to_dataset", "=", dataset)]))
    .execute();
  return rows
    .map((row): Join => {
      const from = {
        dataset: row.from_dataset,
        number: row.from_number,
        distinct: row.from_distinct,
        unique: row.from_unique === 1,
      };
      const to = { dataset: row.to_dataset, number: row.to_number, distinct: row.to_distinct, unique: row.to_unique === 1 };
      return row.from_dataset === dataset ? { from, to, meet: row.meet } : { from: to, to: from, meet: row.meet };
    })
    .toSorted((left, right) => shareOf(right) - shareOf(left) || right.meet - left.meet);
}

/** Of the distinct values on the side that has fewer, those that the other has too. */
export function shareOf({ from, to, meet }: Join): number {
  return meet / Math.max(1, Math.min(from.distinct, to.distinct));
}
