import type { Kysely } from "kysely";
import type { Migrations } from "../../store/index.ts";

/** The lake's own records: what exists is what these rows name. */
export interface LakeTables {
  dataset: { id: string; organisation: string; name: string; kind: "snapshot"; next_column: number; created_at: number };
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
    state: "live" | "redacted";
    committed_at: number;
  };
  segment: { file: string; version_id: string; layer: "text" | "quarantine"; sha256: string; bytes: number };
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
  },
};
