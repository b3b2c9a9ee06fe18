// The one writer of the audit log, on a thread of its own: a commit waits for the disk, and pages must not wait with it.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { AuditEntry } from "./entry.ts";

export interface WriteRequest {
  readonly id: number;
  readonly entries: readonly AuditEntry[];
}

/** `error` is what the database said, with its code, or null once the entries are on the disk. */
export interface WriteReply {
  readonly id: number;
  readonly error: { readonly message: string; readonly errcode: number } | null;
}

const { path } = workerData as { path: string };
const port = parentPort;
if (!port) throw new Error("The writer of the audit log runs as a thread.");

const database = new DatabaseSync(path, { timeout: 5000 });
database.exec("PRAGMA synchronous = FULL");
const insert = database.prepare(
  `INSERT INTO entry (sequence, id, at, person, organisation, action, outcome, agreement, reference, body)
   VALUES ((SELECT coalesce(max(sequence), 0) + 1 FROM entry), ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
);

port.on("message", (request: WriteRequest | null) => {
  if (request === null) {
    database.close();
    port.close();
    return;
  }
  let error: WriteReply["error"] = null;
  try {
    write(request.entries);
  } catch (thrown) {
    const errcode = thrown instanceof Error && "errcode" in thrown ? Number(thrown.errcode) : 0;
    error = { message: thrown instanceof Error ? thrown.message : String(thrown), errcode };
  }
  port.postMessage({ id: request.id, error } satisfies WriteReply);
});

function write(entries: readonly AuditEntry[]): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const entry of entries) {
      const { id, at, person, organisation, action, outcome, agreement, reference } = entry;
      insert.run(id, at, person, organisation, action, outcome, agreement, reference, JSON.stringify(entry));
    }
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK"); // a full disk ends the transaction by itself
    throw error;
  }
}
