import { sql, type Kysely } from "kysely";
import type { Migrations } from "../../store/index.ts";

/** A snapshot is loaded whole each time; an append dataset grows, and its versions share segments. */
export type DatasetKind = "snapshot" | "append";

/** The lake's own records: what exists is what these rows name. */
export interface LakeTables {
  dataset: { id: string; organisation: string; name: string; kind: DatasetKind; next_column: number; created_at: number };
  dataset_column: { dataset_id: string; number: number; header: string };
  dataset_version: {
    id: string;
    dataset_id: string;
    number: number;
    content_hash: string;
    rows_in_file: number;
    rows: number;
    quarantined: number;
    columns: string;
    notes: string;
    /** The highest record number of the version: segments that it shares may hold later ones. */
    last_record: number;
    state: "live" | "redacted";
    committed_at: number;
    mended_from: string | null;
  };
  segment: { file: string; layer: "text" | "quarantine"; sha256: string; bytes: number };
  version_segment: { version_id: string; file: string; position: number };
  received_file: {
    version_id: string;
    position: number;
    name: string;
    part: string;
    sha256: string;
    first_record: number;
    rows_in_file: number;
    rows: number;
    quarantined: number;
    seconds: number;
    layout: string | null;
  };
  typed_build: {
    file: string;
    version_id: string;
    sha256: string;
    bytes: number;
    types: string;
    counts: string;
    vocabulary: string;
    built_at: number;
  };
}

export const lakeMigrations: Migrations = {
  domain: "lake",
  steps: {
    "001-lake": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("dataset")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("next_column", "integer", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("dataset_column")
        .addColumn("dataset_id", "text", (column) => column.notNull().references("dataset.id"))
        .addColumn("number", "integer", (column) => column.notNull())
        .addColumn("header", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("dataset_column_key", ["dataset_id", "number"])
        .addUniqueConstraint("dataset_column_header", ["dataset_id", "header"])
        .execute();
      await db.schema
        .createTable("dataset_version")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("dataset_id", "text", (column) => column.notNull().references("dataset.id"))
        .addColumn("number", "integer", (column) => column.notNull())
        .addColumn("content_hash", "text", (column) => column.notNull())
        .addColumn("rows_in_file", "integer", (column) => column.notNull())
        .addColumn("rows", "integer", (column) => column.notNull())
        .addColumn("quarantined", "integer", (column) => column.notNull())
        .addColumn("columns", "text", (column) => column.notNull())
        .addColumn("notes", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("committed_at", "integer", (column) => column.notNull())
        .addUniqueConstraint("dataset_version_number", ["dataset_id", "number"])
        .execute();
      await db.schema
        .createTable("segment")
        .addColumn("file", "text", (column) => column.primaryKey())
        .addColumn("version_id", "text", (column) => column.notNull().references("dataset_version.id"))
        .addColumn("layer", "text", (column) => column.notNull())
        .addColumn("sha256", "text", (column) => column.notNull())
        .addColumn("bytes", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("typed_build")
        .addColumn("file", "text", (column) => column.primaryKey())
        .addColumn("version_id", "text", (column) => column.notNull().references("dataset_version.id"))
        .addColumn("sha256", "text", (column) => column.notNull())
        .addColumn("bytes", "integer", (column) => column.notNull())
        .addColumn("types", "text", (column) => column.notNull())
        .addColumn("counts", "text", (column) => column.notNull())
        .addColumn("vocabulary", "text", (column) => column.notNull())
        .addColumn("built_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("segment_version").on("segment").column("version_id").execute();
      await db.schema.createIndex("typed_build_version").on("typed_build").column("version_id").execute();
    },
    "002-append": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("version_segment")
        .addColumn("version_id", "text", (column) => column.notNull().references("dataset_version.id"))
        .addColumn("file", "text", (column) => column.notNull())
        .addColumn("position", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("version_segment_key", ["version_id", "file"])
        .execute();
      await sql`INSERT INTO version_segment SELECT version_id, file, 1 FROM segment`.execute(db);
      await db.schema.dropIndex("segment_version").execute();
      await db.schema.alterTable("segment").dropColumn("version_id").execute();
      await db.schema.createIndex("version_segment_file").on("version_segment").column("file").execute();
      await db.schema
        .alterTable("dataset_version")
        .addColumn("last_record", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      await sql`UPDATE dataset_version SET last_record = rows_in_file`.execute(db);
      await db.schema
        .createTable("received_file")
        .addColumn("version_id", "text", (column) => column.notNull().references("dataset_version.id"))
        .addColumn("position", "integer", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("part", "text", (column) => column.notNull())
        .addColumn("sha256", "text", (column) => column.notNull())
        .addColumn("first_record", "integer", (column) => column.notNull())
        .addColumn("rows_in_file", "integer", (column) => column.notNull())
        .addColumn("rows", "integer", (column) => column.notNull())
        .addColumn("quarantined", "integer", (column) => column.notNull())
        .addColumn("seconds", "real", (column) => column.notNull())
        .addPrimaryKeyConstraint("received_file_key", ["version_id", "position"])
        .execute();
      await db.schema.createIndex("received_file_sha256").on("received_file").column("sha256").execute();
    },
    "003-mended": async (db: Kysely<unknown>) => {
      await db.schema.alterTable("received_file").addColumn("layout", "text").execute();
      await db.schema.alterTable("dataset_version").addColumn("mended_from", "text").execute();
    },
  },
};
