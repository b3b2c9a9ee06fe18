import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { asStoreError, clearOutbox, readOutbox, type Store } from "../store/index.ts";
import type { AuditEntry } from "./entry.ts";
import { WriterThread } from "./writer-thread.ts";

export interface AuditSearch {
  readonly person?: string;
  readonly action?: string;
  readonly dataset?: string;
  readonly agreement?: string;
  readonly subject?: string;
  readonly outcome?: AuditEntry["outcome"];
  readonly reference?: string;
  /** Entries in which this organisation acted or whose data it owns. */
  readonly organisation?: string;
  /** Instants: at or after the first, before the second. */
  readonly from?: number;
  readonly until?: number;
  readonly before?: number;
  readonly limit: number;
}

export interface AuditRow {
  readonly sequence: number;
  readonly entry: AuditEntry;
}

interface Waiting {
  readonly entry: AuditEntry;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * The append-only log: a file of its own, one writer, entries in order, each on the disk before `append` resolves.
 * Entries of writes come by the outbox, in whose transaction they were made. The file refuses changes and deletions.
 */
export class AuditLog {
  readonly #database: DatabaseSync;
  readonly #store: Store;
  readonly #find: StatementSync;
  readonly #writer: WriterThread;
  #waiting: Waiting[] = [];
  #committing: Promise<void> | undefined;
  #draining: Promise<void> = Promise.resolve();

  /** Opens or makes the file. Fails with `store.no-space` or `store.damaged`. */
  constructor(path: string, store: Store) {
    try {
      this.#database = open(path);
    } catch (error) {
      throw asStoreError(error, path);
    }
    this.#find = this.#database.prepare("SELECT 1 FROM entry WHERE id = ?");
    this.#store = store;
    this.#writer = new WriterThread(path);
  }

  /** Resolves once the entry is durable; entries that arrive during a commit share the next. */
  async append(entry: AuditEntry): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#committing ??= this.#commit();
    });
  }

  /** Moves what writes left in the outbox into the log, in order. Safe to repeat: an entry enters once. */
  async drain(): Promise<void> {
    const drained = this.#draining.then(() => this.#drainOnce());
    this.#draining = drained.catch(() => undefined); // one that fails is told to its caller; the next tries again
    await drained;
  }

  /** Whether an entry is in the log. */
  has(id: string): boolean {
    return this.#find.get(id) !== undefined;
  }

  search(search: AuditSearch): readonly AuditRow[] {
    const wheres: string[] = [];
    const values: SQLInputValue[] = [];
    const where = (text: string, ...bound: readonly (string | number)[]) => {
      wheres.push(text);
      values.push(...bound);
    };
    if (search.person !== undefined) where("person = ?", search.person);
    if (search.action !== undefined) where("action = ?", search.action);
    if (search.outcome !== undefined) where("outcome = ?", search.outcome);
    if (search.agreement !== undefined) where("agreement = ?", search.agreement);
    if (search.reference !== undefined) where("reference = ?", search.reference);
    if (search.from !== undefined) where("at >= ?", search.from);
    if (search.until !== undefined) where("at < ?", search.until);
    if (search.before !== undefined) where("sequence < ?", search.before);
    if (search.dataset !== undefined) {
      where("EXISTS (SELECT 1 FROM json_each(body, '$.data') d WHERE json_extract(d.value, '$.dataset') = ?)", search.dataset);
    }
    if (search.subject !== undefined)
      where("EXISTS (SELECT 1 FROM json_each(body, '$.subjects') s WHERE s.value = ?)", search.subject);
    if (search.organisation !== undefined) {
      where(
        "(organisation = ? OR EXISTS (SELECT 1 FROM json_each(body, '$.data') d WHERE json_extract(d.value, '$.owner') = ?))",
        search.organisation,
        search.organisation,
      );
    }
    const filter = wheres.length === 0 ? "" : `WHERE ${wheres.join(" AND ")}`;
    const statement = this.#database.prepare(`SELECT sequence, body FROM entry ${filter} ORDER BY sequence DESC LIMIT ?`);
    return statement
      .all(...values, search.limit)
      .map((row) => ({ sequence: Number(row["sequence"]), entry: JSON.parse(String(row["body"])) as AuditEntry }));
  }

  snapshotTo(path: string): void {
    this.#database.prepare("VACUUM INTO ?").run(path);
  }

  async close(): Promise<void> {
    await this.#committing;
    await this.drain();
    await this.#writer.close();
    this.#database.close();
  }

  async #commit(): Promise<void> {
    await Promise.resolve(); // those of one turn go together
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writer.write(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.#committing = undefined;
  }

  async #drainOnce(): Promise<void> {
    for (;;) {
      const rows = await readOutbox(this.#store, 500);
      const last = rows.at(-1);
      if (!last) return;
      await this.#writer.write(rows.map((row) => JSON.parse(row.body) as AuditEntry));
      await clearOutbox(this.#store, last.sequence);
    }
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS entry (
        sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, person TEXT, organisation TEXT,
        action TEXT NOT NULL, outcome TEXT NOT NULL, agreement TEXT, reference TEXT NOT NULL, body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS entry_person ON entry (person, sequence);
      CREATE INDEX IF NOT EXISTS entry_reference ON entry (reference);
      CREATE TRIGGER IF NOT EXISTS entry_keeps BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
      CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
      CREATE TRIGGER IF NOT EXISTS entry_follows BEFORE INSERT ON entry BEGIN SELECT CASE
        WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id) THEN RAISE(IGNORE)
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry) THEN RAISE(ABORT, 'the audit log only grows')
        END; END;`); // the last one is for REPLACE, whose deletions fire no trigger
  return database;
}
