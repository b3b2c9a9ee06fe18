import type { Kysely } from "kysely";
import type { Migrations, Records } from "../../store/index.ts";
import type { Constraint, CountedSet } from "./differencing.ts";

export interface InsightTables {
  told: {
    organisation: string;
    dataset: string;
    dataset_version: string;
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
    "002-told": async (db: Kysely<unknown>) => {
      await db.schema.dropTable("asked").execute();
      await db.schema
        .createTable("told")
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("dataset", "text", (column) => column.notNull())
        .addColumn("dataset_version", "text", (column) => column.notNull())
        .addColumn("filter_key", "text", (column) => column.notNull())
        .addColumn("filters", "text", (column) => column.notNull())
        .addColumn("base_count", "integer", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("told_key", ["organisation", "dataset", "dataset_version", "filter_key"])
        .execute();
      await db.schema.createIndex("told_newest").on("told").columns(["organisation", "dataset", "at"]).execute();
    },
  },
};

const mostCompared = 200;

/** The counts that an organisation was given last of a dataset, whoever asked and whichever version it was. */
export async function listTold(records: Records, organisation: string, dataset: string): Promise<readonly CountedSet[]> {
  const rows = await records
    .as<InsightTables>()
    .selectFrom("told")
    .select(["filter_key", "filters", "base_count"])
    .where("organisation", "=", organisation)
    .where("dataset", "=", dataset)
    .orderBy("at", "desc")
    .limit(mostCompared)
    .execute();
  return rows.map((row) => ({ key: row.filter_key, constraints: JSON.parse(row.filters) as Constraint[], n: row.base_count }));
}

/** Remembers what was given; what was given before is new again. */
export async function insertTold(
  records: Records,
  told: { readonly organisation: string; readonly dataset: string; readonly version: string; readonly at: number },
  sets: readonly CountedSet[],
): Promise<void> {
  for (let at = 0; at < sets.length; at += 500) {
    const rows = sets.slice(at, at + 500).map(({ key, constraints, n }) => ({
      organisation: told.organisation,
      dataset: told.dataset,
      dataset_version: told.version,
      filter_key: key,
      filters: JSON.stringify(constraints),
      base_count: n,
      at: told.at,
    }));
    await records
      .as<InsightTables>()
      .insertInto("told")
      .values(rows)
      .onConflict((conflict) => conflict.doUpdateSet({ at: told.at }))
      .execute();
  }
}
