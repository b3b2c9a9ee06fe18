import type { Kysely } from "kysely";
import type { Migrations, Records } from "../../store/index.ts";
import { measureId, type Constraint, type CountedSet } from "./differencing.ts";

export interface InsightTables {
  asked: {
    person: string;
    dataset_version: string;
    measure: string;
    filter_key: string;
    filters: string;
    base_count: number;
    at: number;
  };
}

export const insightMigrations: Migrations = {
  domain: "insight",
  steps: {
    "001-asked": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("asked")
        .addColumn("person", "text", (column) => column.notNull())
        .addColumn("dataset_version", "text", (column) => column.notNull())
        .addColumn("measure", "text", (column) => column.notNull())
        .addColumn("filter_key", "text", (column) => column.notNull())
        .addColumn("filters", "text", (column) => column.notNull())
        .addColumn("base_count", "integer", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("asked_key", ["person", "dataset_version", "measure", "filter_key"])
        .execute();
    },
  },
};

/** The counts of people that somebody was given from one version of a dataset. */
export async function listAsked(records: Records, person: string, datasetVersion: string): Promise<readonly CountedSet[]> {
  const rows = await records
    .as<InsightTables>()
    .selectFrom("asked")
    .select(["filter_key", "filters", "base_count"])
    .where("person", "=", person)
    .where("dataset_version", "=", datasetVersion)
    .where("measure", "=", measureId)
    .execute();
  return rows.map((row) => ({ key: row.filter_key, constraints: JSON.parse(row.filters) as Constraint[], n: row.base_count }));
}

/** Remembers what was given; a count given before is kept once. */
export async function insertAsked(
  records: Records,
  asked: { readonly person: string; readonly datasetVersion: string; readonly at: number },
  sets: readonly CountedSet[],
): Promise<void> {
  for (let at = 0; at < sets.length; at += 500) {
    const rows = sets.slice(at, at + 500).map(({ key, constraints, n }) => ({
      person: asked.person,
      dataset_version: asked.datasetVersion,
      measure: measureId,
      filter_key: key,
      filters: JSON.stringify(constraints),
      base_count: n,
      at: asked.at,
    }));
    await records
      .as<InsightTables>()
      .insertInto("asked")
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
