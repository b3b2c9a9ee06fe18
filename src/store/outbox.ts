import type { Generated, Kysely } from "kysely";
import type { Migrations, Records } from "./store.ts";

/**
 * Things that must be told once a transaction commits: audit entries of writes. The row is written in the transaction
 * itself, so that neither can exist without the other; one drain moves rows out in order.
 */
interface OutboxTables {
  outbox: { sequence: Generated<number>; body: string };
}

export const outboxMigrations: Migrations = {
  domain: "outbox",
  steps: {
    "001-outbox": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("outbox")
        .addColumn("sequence", "integer", (column) => column.primaryKey().autoIncrement())
        .addColumn("body", "text", (column) => column.notNull())
        .execute();
    },
  },
};

export interface OutboxRow {
  readonly sequence: number;
  readonly body: string;
}

export async function putInOutbox(records: Records, body: string): Promise<void> {
  await records.as<OutboxTables>().insertInto("outbox").values({ body }).execute();
}

export async function readOutbox(records: Records, limit: number): Promise<readonly OutboxRow[]> {
  const rows = await records.as<OutboxTables>().selectFrom("outbox").selectAll().orderBy("sequence").limit(limit).execute();
  return rows;
}

export async function clearOutbox(records: Records, upTo: number): Promise<void> {
  await records.as<OutboxTables>().deleteFrom("outbox").where("sequence", "<=", upTo).execute();
}
