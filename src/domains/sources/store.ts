import type { Kysely } from "kysely";
import { pageSize, type PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";

export interface SourcesTables {
  source: {
    id: string;
    organisation: string;
    name: string;
    file_name: string;
    format: "csv" | "ndjson";
    dataset_id: string;
    last_job: string | null;
    created_at: number;
  };
}

export interface Source {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly fileName: string;
  readonly format: "csv" | "ndjson";
  readonly datasetId: string;
  readonly lastJob: string | null;
  readonly createdAt: number;
}

export const sourcesMigrations: Migrations = {
  domain: "sources",
  steps: {
    "001-source": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("source")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("file_name", "text", (column) => column.notNull())
        .addColumn("format", "text", (column) => column.notNull())
        .addColumn("dataset_id", "text", (column) => column.notNull().references("dataset.id"))
        .addColumn("last_job", "text")
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addUniqueConstraint("source_name", ["organisation", "name"])
        .execute();
    },
  },
};

export async function findSource(records: Records, idOrName: string, organisation: string | null): Promise<Source | undefined> {
  let query = records
    .as<SourcesTables>()
    .selectFrom("source")
    .selectAll()
    .where((where) => where.or([where("id", "=", idOrName), where("name", "=", idOrName)]));
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  const row = await query.executeTakeFirst();
  return row && sourceOf(row);
}

export async function findSourceOfDataset(records: Records, datasetId: string): Promise<Source | undefined> {
  const row = await records
    .as<SourcesTables>()
    .selectFrom("source")
    .selectAll()
    .where("dataset_id", "=", datasetId)
    .executeTakeFirst();
  return row && sourceOf(row);
}

/** The sources of an organisation, of every one for null, by name. */
export async function listSourceRows(
  records: Records,
  organisation: string | null,
  window?: PageWindow,
): Promise<readonly Source[]> {
  let query = records.as<SourcesTables>().selectFrom("source").selectAll().orderBy("name").orderBy("id");
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  if (window) query = query.limit(window.limit).offset(window.offset);
  return (await query.execute()).map(sourceOf);
}

export async function countSourceRows(records: Records, organisation: string | null): Promise<number> {
  let query = records
    .as<SourcesTables>()
    .selectFrom("source")
    .select((select) => select.fn.countAll<number>().as("count"));
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  return (await query.executeTakeFirstOrThrow()).count;
}

/** The hub's records of jobs and the lake's of versions, as far as they are read here. */
interface LoadTables {
  job: { id: string; state: string; error: string | null; finished_at: number | null };
  dataset_version: { dataset_id: string; number: number; quarantined: number; committed_at: number };
}

/** Sources whose last load failed: no more than a person gets done, the oldest first. */
export async function listFailed(
  records: Records,
  organisation: string,
): Promise<readonly { readonly source: Source; readonly why: string | null; readonly since: number }[]> {
  const rows = await records
    .as<SourcesTables & LoadTables>()
    .selectFrom("source")
    .innerJoin("job", "job.id", "source.last_job")
    .selectAll("source")
    .select(["job.error", "job.finished_at"])
    .where("source.organisation", "=", organisation)
    .where("job.state", "=", "failed")
    .orderBy("job.finished_at")
    .limit(pageSize + 1)
    .execute();
  return rows.map((row) => ({
    source: sourceOf(row),
    why: row.error === null ? null : (JSON.parse(row.error) as { message: string }).message,
    since: row.finished_at ?? row.created_at,
  }));
}

/** Sources whose newest version has records in quarantine, likewise. */
export async function listQuarantined(
  records: Records,
  organisation: string,
): Promise<readonly { readonly source: Source; readonly records: number; readonly since: number }[]> {
  const rows = await records
    .as<SourcesTables & LoadTables>()
    .selectFrom("source")
    .innerJoin("dataset_version as version", "version.dataset_id", "source.dataset_id")
    .selectAll("source")
    .select(["version.quarantined", "version.committed_at"])
    .where("source.organisation", "=", organisation)
    .where("version.quarantined", ">", 0)
    .where("version.number", "=", (newest) =>
      newest
        .selectFrom("dataset_version as other")
        .select((select) => select.fn.max("other.number").as("number"))
        .whereRef("other.dataset_id", "=", "version.dataset_id"),
    )
    .orderBy("version.committed_at")
    .limit(pageSize + 1)
    .execute();
  return rows.map((row) => ({ source: sourceOf(row), records: row.quarantined, since: row.committed_at }));
}

function sourceOf(row: SourcesTables["source"]): Source {
  return {
    id: row.id,
    organisation: row.organisation,
    name: row.name,
    fileName: row.file_name,
    format: row.format,
    datasetId: row.dataset_id,
    lastJob: row.last_job,
    createdAt: row.created_at,
  };
}
