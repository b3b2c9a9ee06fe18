import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { GuildhallError } from "../kernel/errors.ts";
import { asStoreError, storeError } from "./errors.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** Something that queries can be written against: the store itself, or a transaction on it. */
export interface Records {
  /** The same connection, seen through the tables of the caller's domain. */
  as<Tables>(): Kysely<Tables>;
}

/** A domain's schema changes, oldest first. They only go forward; names sort within the domain (`001-accounts`). */
export interface Migrations {
  readonly domain: string;
  readonly steps: Readonly<Record<string, (db: Kysely<unknown>) => Promise<void>>>;
}

/** The hub's own records, in one SQLite file. */
export class Store implements Records {
  readonly #database: DatabaseSync;
  readonly #kysely: Kysely<unknown>;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.#kysely = new Kysely<unknown>({ dialect: sqliteDialect(database) });
  }

  /** Opens or makes the file and brings its tables up to date. `:memory:` gives a store that is gone when closed. */
  static async open(path: string, migrations: readonly Migrations[]): Promise<Store> {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path, { timeout: 5000 });
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON");
      refuseNewer(database, path, migrations);
      const store = new Store(database);
      await migrate(store.#kysely, migrations);
      return store;
    } catch (error) {
      if (database?.isOpen) database.close();
      throw asStoreError(error, path);
    }
  }

  as<Tables>(): Kysely<Tables> {
    return this.#kysely as Kysely<Tables>;
  }

  /** Runs `work` in one transaction. Inside it, use only the records it is given: the store has one connection. */
  async transaction<T>(work: (records: Records) => Promise<T>): Promise<T> {
    return this.#kysely.transaction().execute((transaction) =>
      work({
        as<Tables>() {
          return transaction as Kysely<unknown> as Kysely<Tables>;
        },
      }),
    );
  }

  /** Writes a whole and consistent copy to a new file while the store is in use. */
  snapshotTo(path: string): void {
    this.#database.prepare("VACUUM INTO ?").run(path);
  }

  /** Empties the write-ahead log into the file, so that no page stands twice: what was deleted is then nowhere. */
  forgetDeleted(): void {
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** SQLite's own check of the file; the problems found, none when sound. */
  integrityProblems(): readonly string[] {
    const rows = this.#database.prepare("PRAGMA integrity_check").all();
    return rows.map((row) => String(row["integrity_check"])).filter((text) => text !== "ok");
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }
}

/** Records that a newer release has changed are not opened: what it changed, this one would not keep. */
function refuseNewer(database: DatabaseSync, file: string, migrations: readonly Migrations[]): void {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'kysely_migration'").get() === undefined) return;
  const known = new Set(migrations.flatMap(({ domain, steps }) => Object.keys(steps).map((name) => `${domain}/${name}`)));
  const steps = database.prepare("SELECT name FROM kysely_migration").all();
  const unknown = steps.map((row) => String(row["name"])).find((name) => !known.has(name));
  if (unknown !== undefined) throw storeError("newer", { file, step: unknown });
}

async function migrate(db: Kysely<unknown>, migrations: readonly Migrations[]): Promise<void> {
  const steps = migrations.flatMap(({ domain, steps }) =>
    Object.entries(steps).map(([name, up]) => [`${domain}/${name}`, { up }] as const),
  );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(steps) },
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    if (error instanceof GuildhallError) throw error;
    const failed = results?.find((result) => result.status === "Error")?.migrationName ?? "a migration";
    throw new Error(`The store could not be brought up to date: ${failed} failed.`, { cause: error });
  }
}
