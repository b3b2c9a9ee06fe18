import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { defineErrors } from "../../kernel/errors.ts";

/** The layout of the data directory. A hub refuses a directory whose format is newer than its own. */
export const directoryFormat = 2;

export interface DataFolder {
  readonly root: string;
  readonly store: string;
  readonly audit: string;
  readonly lake: string;
  readonly landing: string;
  readonly temporary: string;
  readonly socket: string;
  /** Gives the folder up. */
  release(): void;
}

export interface OwnerNote {
  readonly pid: number;
  readonly address: string | null;
  readonly socket: string;
}

export const folderError = defineErrors("data-folder", {
  "in-use": {
    kind: "conflict",
    message: (p: { folder: string; owner: string }) => `The data folder ${p.folder} is in use by ${p.owner}.`,
    remedy: "Use that hub, stop it first, or set GUILDHALL_DATA to another folder.",
  },
  newer: {
    kind: "unsupported",
    message: (p: { folder: string; format: number }) =>
      `The data folder ${p.folder} was written by a newer Guildhall (format ${p.format}).`,
    remedy: "Start that newer version, or use another folder. Nothing was changed.",
  },
  unwritable: {
    kind: "unavailable",
    message: (p: { folder: string; why: string }) => `The data folder ${p.folder} cannot be written (${p.why}).`,
    remedy: "Check its permissions and the free space on its disk, or set GUILDHALL_DATA to another folder.",
  },
});

/**
 * Takes a data directory for this process alone: an exclusive transaction on `owner.db`, which the operating system
 * frees even after `kill -9`. A second process is refused and told who has it.
 */
export function takeDataFolder(root: string): DataFolder {
  checkFormat(root); // before anything is made in it
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    for (const name of ["lake", "landing", "tmp"]) mkdirSync(join(root, name), { recursive: true, mode: 0o700 });
    if (process.platform !== "win32") chmodSync(root, 0o700);
    writeFileSync(join(root, "tmp", ".writable"), "");
  } catch (error) {
    throw folderError("unwritable", { folder: root, why: reasonOf(error) });
  }
  const lock = lockOwner(root);
  try {
    checkFormat(root);
    markFormat(root);
    emptyFolder(join(root, "tmp")); // what a process that was killed left: pieces of files, people's data among them
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    root,
    store: join(root, "hub.db"),
    audit: join(root, "audit.db"),
    lake: join(root, "lake"),
    landing: join(root, "landing"),
    temporary: join(root, "tmp"),
    socket: socketPath(root),
    release: () => lock.close(),
  };
}

/** Says who owns the folder, for those who find it taken. */
export function writeOwnerNote(root: string, note: OwnerNote): void {
  writeFileSync(join(root, "owner.json"), JSON.stringify(note), { mode: 0o600 });
}

export function readOwnerNote(root: string): OwnerNote | undefined {
  const path = join(root, "owner.json");
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as OwnerNote;
  } catch {
    return undefined;
  }
}

/** Beside the data when the path is short enough for a socket (108 bytes), else in the temporary folder. */
export function socketPath(root: string): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\guildhall-${fingerprint(root)}`;
  const beside = join(root, "hub.sock");
  return Buffer.byteLength(beside) < 100 ? beside : join(tmpdir(), `guildhall-${fingerprint(root)}.sock`);
}

/** The lake's files that a copy of the records names, for a backup of both. */
export function filesNamedIn(store: string): readonly string[] {
  const database = new DatabaseSync(store, { readOnly: true });
  try {
    const rows = database.prepare("SELECT file FROM segment UNION SELECT file FROM typed_build").all();
    return rows.map((row) => String(row["file"]));
  } finally {
    database.close();
  }
}

function lockOwner(root: string): DatabaseSync {
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(join(root, "owner.db"), { timeout: 0 });
  } catch (error) {
    throw folderError("unwritable", { folder: root, why: reasonOf(error) });
  }
  try {
    lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (!/locked|busy/i.test(reasonOf(error))) throw folderError("unwritable", { folder: root, why: reasonOf(error) });
    const note = readOwnerNote(root);
    const owner = note ? `process ${note.pid}${note.address ? `, a hub at ${note.address}` : ""}` : "another process";
    throw folderError("in-use", { folder: root, owner });
  }
}

function checkFormat(root: string): void {
  const path = join(root, "format.json");
  if (!existsSync(path)) return;
  const format = readFormat(path, root);
  if (format === undefined) throw folderError("unwritable", { folder: root, why: "its format.json is not what Guildhall wrote" });
  if (format > directoryFormat) throw folderError("newer", { folder: root, format });
}

function readFormat(path: string, root: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw folderError("unwritable", { folder: root, why: reasonOf(error) });
  }
  try {
    const { format } = JSON.parse(text) as { format?: unknown };
    return typeof format === "number" ? format : undefined;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all, so that a folder whose first start was cut short can be taken again. */
function markFormat(root: string): void {
  const path = join(root, "format.json");
  if (existsSync(path) && readFormat(path, root) === directoryFormat) return;
  writeFileSync(`${path}.part`, `${JSON.stringify({ format: directoryFormat })}\n`);
  renameSync(`${path}.part`, path);
}

function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

function fingerprint(root: string): string {
  return createHash("sha256").update(root).digest("hex").slice(0, 16);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  return code.startsWith("E") && !code.startsWith("ERR") ? code : message;
}
