import type { Kysely } from "kysely";
import { pageSize, type PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records, Store } from "../../store/index.ts";
import { addDatabaseTable } from "./database-store.ts";
import { addScheduleTable } from "./schedule-store.ts";
import { addSentTogether } from "./sent-store.ts";
import { addWatchTables } from "./watch-store.ts";

export interface SourcesTables {
  source: {
    id: string;
    organisation: string;
    name: string;
    file_name: string;
    dataset_id: string;
    part: string;
    pattern: string;
    bad_share: number;
    url: string | null;
    etag: string | null;
    last_modified: string | null;
    last_job: string | null;
    created_at: number;
    kit: string | null;
    kit_edition: string | null;
    kit_found: string | null;
    keep_quarantine: number | null;
    accepted_shape: number | null;
  };
  shape_change: { dataset_id: string; version: number; told: string; at: number; seen_by: string | null };
  quarantine_let_go: { version_id: string; dataset_id: string; at: number };
  sent_record: SentRecord;
  document: { dataset_id: string; organisation: string; file: string };
  version_change: {
    dataset_id: string;
    from_number: number;
    to_number: number;
    added: number;
    gone: number;
    changed: number | null;
    key: string | null;
    at: number;
  };
}

/**
 * A quarantined record, or several with one message, that was sent to who answers for its source, without what it holds.
 * Mended: it was read in a later version; the other answers are what somebody said.
 */
export interface SentRecord {
  readonly id: string;
  readonly organisation: string;
  readonly source_id: string;
  readonly dataset_id: string;
  readonly version: number;
  /** Of several the first. */
  readonly record: number;
  readonly line: number;
  /** How many records it is of. */
  readonly records: number;
  /** Of several the numbers, a JSON array, without those that were mended since; null for one. */
  readonly numbers: string | null;
  /** Why it was not read; of several a line for each reason, with how many have it. */
  readonly reasons: string;
  readonly comment: string;
  readonly sent_by: string;
  readonly sent_at: number;
  readonly answer: "mended" | "at-source" | "cannot" | null;
  readonly answer_text: string;
  readonly answered_by: string | null;
  readonly answered_at: number | null;
}

export interface Source {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly fileName: string;
  readonly datasetId: string;
  /** Which table of the file it is: a sheet, a member, a record path; empty for a file that is one table. */
  readonly part: string;
  /** How files that are added to it are called, with `#` for what changes; empty where that was never said. */
  readonly pattern: string;
  /** The share of records that may be unreadable before a load is refused that would take the place of another. */
  readonly badShare: number;
  /** Where it is fetched from; null for files that people bring. */
  readonly url: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly lastJob: string | null;
  readonly createdAt: number;
  /** What its newest version was recognised as; null where no kit is like it. */
  readonly kit: SourceKit | null;
  /** For how many days the bytes of quarantined records are kept; null for as long as their version. */
  readonly keepQuarantine: number | null;
  /** The version after which somebody let columns go that something uses; null for none. */
  readonly acceptedShape: number | null;
}

/** Whether the hub can bring the source's data by itself. */
export function isFetched(source: Source): boolean {
  return source.url !== null;
}

/** A kit that a source was recognised as, and what came of looking. */
export interface SourceKit {
  /** Null where several fit alike. */
  readonly name: string | null;
  readonly edition: string | null;
  readonly layout: string | null;
  readonly sure: boolean;
  /** What was said of it when it was loaded, in sentences. */
  readonly told: readonly string[];
  /** What its checks found: so many, and of what; null until they have run. */
  readonly checks: readonly KitCheck[] | null;
}

export interface KitCheck {
  readonly count: number;
  /** What is counted, as it reads after the number. */
  readonly text: string;
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
    "006-feeds": addScheduleTable,
    "007-database": addDatabaseTable,
    "008-watch": addWatchTables,
    "009-keeping": async (db: Kysely<unknown>) => {
      await db.schema.alterTable("source").addColumn("keep_quarantine", "integer").execute();
      await db.schema
        .createTable("quarantine_let_go")
        .addColumn("version_id", "text", (column) => column.primaryKey())
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .execute();
    },
    "010-shape": async (db: Kysely<unknown>) => {
      await db.schema.alterTable("source").addColumn("accepted_shape", "integer").execute();
      await db.schema
        .createTable("shape_change")
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("told", "text", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addColumn("seen_by", "text")
        .addPrimaryKeyConstraint("shape_change_key", ["dataset_id", "version"])
        .execute();
    },
    "011-sent-together": addSentTogether,
    "004-kit": async (db: Kysely<unknown>) => {
      for (const column of ["kit", "kit_edition", "kit_found"])
        await db.schema.alterTable("source").addColumn(column, "text").execute();
    },
    "003-web": async (db: Kysely<unknown>) => {
      for (const column of ["url", "etag", "last_modified"])
        await db.schema.alterTable("source").addColumn(column, "text").execute();
    },
    "002-tables": async (db: Kysely<unknown>) => {
      await db.schema.alterTable("source").dropColumn("format").execute();
      await db.schema
        .alterTable("source")
        .addColumn("part", "text", (column) => column.notNull().defaultTo(""))
        .execute();
      await db.schema
        .alterTable("source")
        .addColumn("pattern", "text", (column) => column.notNull().defaultTo(""))
        .execute();
      await db.schema
        .alterTable("source")
        .addColumn("bad_share", "real", (column) => column.notNull().defaultTo(0.05))
        .execute();
      await db.schema
        .createTable("document")
        .addColumn("dataset_id", "text", (column) => column.primaryKey().references("dataset.id"))
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("file", "text", (column) => column.notNull())
        .addUniqueConstraint("document_file", ["organisation", "file"])
        .execute();
      await db.schema
        .createTable("version_change")
        .addColumn("dataset_id", "text", (column) => column.notNull().references("dataset.id"))
        .addColumn("from_number", "integer", (column) => column.notNull())
        .addColumn("to_number", "integer", (column) => column.notNull())
        .addColumn("added", "integer", (column) => column.notNull())
        .addColumn("gone", "integer", (column) => column.notNull())
        .addColumn("changed", "integer")
        .addColumn("key", "text")
        .addColumn("at", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("version_change_key", ["dataset_id", "from_number", "to_number"])
        .execute();
    },
    "005-sent": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("sent_record")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("source_id", "text", (column) => column.notNull())
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("record", "integer", (column) => column.notNull())
        .addColumn("line", "integer", (column) => column.notNull())
        .addColumn("reasons", "text", (column) => column.notNull())
        .addColumn("comment", "text", (column) => column.notNull())
        .addColumn("sent_by", "text", (column) => column.notNull())
        .addColumn("sent_at", "integer", (column) => column.notNull())
        .addColumn("answer", "text")
        .addColumn("answer_text", "text", (column) => column.notNull())
        .addColumn("answered_by", "text")
        .addColumn("answered_at", "integer")
        .execute();
      await db.schema.createIndex("sent_record_dataset").on("sent_record").column("dataset_id").execute();
      await db.schema.createIndex("sent_record_organisation").on("sent_record").column("organisation").execute();
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

/** What the server said of the content that was fetched. */
export async function recordFetched(
  store: Store,
  id: string,
  { etag, lastModified }: Pick<Source, "etag" | "lastModified">,
): Promise<void> {
  const db = store.as<SourcesTables>();
  await db.updateTable("source").set({ etag, last_modified: lastModified }).where("id", "=", id).execute();
}

/** What a source was recognised as with its newest version. */
export async function recordKit(records: Records, id: string, kit: SourceKit | null): Promise<void> {
  const { name = null, edition = null, ...found } = kit ?? {};
  await records
    .as<SourcesTables>()
    .updateTable("source")
    .set({ kit: name, kit_edition: edition, kit_found: kit === null ? null : JSON.stringify(found) })
    .where("id", "=", id)
    .execute();
}

/** How many rows came, went and changed between two versions; `changed` and `key` are null where rows were compared whole. */
export interface VersionChange {
  readonly datasetId: string;
  readonly from: number;
  readonly to: number;
  readonly added: number;
  readonly gone: number;
  readonly changed: number | null;
  /** The header of the column that rows were told apart by. */
  readonly key: string | null;
}

export async function findChange(
  records: Records,
  datasetId: string,
  from: number,
  to: number,
): Promise<VersionChange | undefined> {
  const row = await records
    .as<SourcesTables>()
    .selectFrom("version_change")
    .selectAll()
    .where("dataset_id", "=", datasetId)
    .where("from_number", "=", from)
    .where("to_number", "=", to)
    .executeTakeFirst();
  return row && { datasetId, from, to, added: row.added, gone: row.gone, changed: row.changed, key: row.key };
}

export async function insertChange(store: Store, change: VersionChange, at: number): Promise<void> {
  const { datasetId, from, to, added, gone, changed, key } = change;
  await store
    .as<SourcesTables>()
    .insertInto("version_change")
    .values({ dataset_id: datasetId, from_number: from, to_number: to, added, gone, changed, key, at })
    .execute();
}

/** The register's entry of a document that was met in a folder under this path. */
export async function findDocument(records: Records, organisation: string, file: string): Promise<string | undefined> {
  const query = records.as<SourcesTables>().selectFrom("document").select("dataset_id");
  return (await query.where("organisation", "=", organisation).where("file", "=", file).executeTakeFirst())?.dataset_id;
}

export async function insertDocument(
  records: Records,
  { datasetId, organisation, file }: { datasetId: string; organisation: string; file: string },
): Promise<void> {
  await records.as<SourcesTables>().insertInto("document").values({ dataset_id: datasetId, organisation, file }).execute();
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
    datasetId: row.dataset_id,
    part: row.part,
    pattern: row.pattern,
    badShare: row.bad_share,
    url: row.url,
    etag: row.etag,
    lastModified: row.last_modified,
    lastJob: row.last_job,
    createdAt: row.created_at,
    kit:
      row.kit_found === null
        ? null
        : {
            name: row.kit,
            edition: row.kit_edition,
            ...(JSON.parse(row.kit_found) as Omit<SourceKit, "name" | "edition">),
          },
    keepQuarantine: row.keep_quarantine,
    acceptedShape: row.accepted_shape,
  };
}

/** The job that a source's page follows. */
export async function recordLastJob(store: Store, id: string, job: string): Promise<void> {
  await store.as<SourcesTables>().updateTable("source").set({ last_job: job }).where("id", "=", id).execute();
}
