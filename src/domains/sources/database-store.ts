import type { Kysely } from "kysely";
import type { Records } from "../../store/index.ts";
import type { DatabaseAsk } from "./database-place.ts";

interface DatabaseTables {
  source_database: { source_id: string; kind: "table" | "query"; ask: string; password: string };
}

/** What is asked of the database that a source comes from, and the password, sealed. The place itself is the source's address. */
export interface SourceDatabase {
  readonly sourceId: string;
  readonly ask: DatabaseAsk;
  readonly sealedPassword: string;
}

export async function addDatabaseTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("source_database")
    .addColumn("source_id", "text", (column) => column.primaryKey().references("source.id").onDelete("cascade"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("ask", "text", (column) => column.notNull())
    .addColumn("password", "text", (column) => column.notNull())
    .execute();
}

export async function findDatabase(records: Records, sourceId: string): Promise<SourceDatabase | undefined> {
  const query = records.as<DatabaseTables>().selectFrom("source_database").selectAll();
  const row = await query.where("source_id", "=", sourceId).executeTakeFirst();
  return row && databaseOf(row);
}

export async function listDatabases(records: Records): Promise<readonly SourceDatabase[]> {
  return (await records.as<DatabaseTables>().selectFrom("source_database").selectAll().execute()).map(databaseOf);
}

export async function insertDatabase(records: Records, { sourceId, ask, sealedPassword }: SourceDatabase): Promise<void> {
  const values = {
    source_id: sourceId,
    kind: ask.kind,
    ask: ask.kind === "table" ? ask.table : ask.query,
    password: sealedPassword,
  };
  await records.as<DatabaseTables>().insertInto("source_database").values(values).execute();
}

export async function updatePassword(records: Records, sourceId: string, sealedPassword: string): Promise<void> {
  const db = records.as<DatabaseTables>();
  await db.updateTable("source_database").set({ password: sealedPassword }).where("source_id", "=", sourceId).execute();
}

function databaseOf(row: DatabaseTables["source_database"]): SourceDatabase {
  const ask: DatabaseAsk = row.kind === "table" ? { kind: "table", table: row.ask } : { kind: "query", query: row.ask };
  return { sourceId: row.source_id, ask, sealedPassword: row.password };
}
