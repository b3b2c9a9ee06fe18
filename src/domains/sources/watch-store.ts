import type { Kysely } from "kysely";
import type { Records } from "../../store/index.ts";

interface WatchTables {
  watched_folder: {
    id: string;
    organisation: string;
    folder: string;
    set_at: number;
    looked_at: number | null;
    problem: string | null;
    last_job: string | null;
  };
  watched_file: {
    folder_id: string;
    file: string;
    bytes: number;
    modified: number;
    state: FileState;
    sha256: string | null;
    why: string | null;
    at: number;
  };
}

/** Met and not yet taken; taken; or tried, and not tried again until it changes. */
export type FileState = "met" | "taken" | "failed";

/** A folder on the hub's disk that is looked into again and again. */
export interface WatchedFolder {
  readonly id: string;
  readonly organisation: string;
  readonly folder: string;
  readonly setAt: number;
  readonly lookedAt: number | null;
  /** Why it could not be looked into the last time. */
  readonly problem: string | null;
  readonly lastJob: string | null;
}

export interface WatchedFile {
  readonly file: string;
  readonly bytes: number;
  /** When it was last written, in whole milliseconds, as the folder says. */
  readonly modified: number;
  readonly state: FileState;
  readonly sha256: string | null;
  readonly why: string | null;
  /** When it came into this state. */
  readonly at: number;
}

export async function addWatchTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("watched_folder")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation", "text", (column) => column.notNull())
    .addColumn("folder", "text", (column) => column.notNull().unique())
    .addColumn("set_at", "integer", (column) => column.notNull())
    .addColumn("looked_at", "integer")
    .addColumn("problem", "text")
    .addColumn("last_job", "text")
    .execute();
  await db.schema
    .createTable("watched_file")
    .addColumn("folder_id", "text", (column) => column.notNull().references("watched_folder.id").onDelete("cascade"))
    .addColumn("file", "text", (column) => column.notNull())
    .addColumn("bytes", "integer", (column) => column.notNull())
    .addColumn("modified", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("sha256", "text")
    .addColumn("why", "text")
    .addColumn("at", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("watched_file_key", ["folder_id", "file"])
    .execute();
}

/** Those of an organisation, of every one for null, by folder. */
export async function listWatchedFolders(records: Records, organisation: string | null): Promise<readonly WatchedFolder[]> {
  let query = records.as<WatchTables>().selectFrom("watched_folder").selectAll().orderBy("folder");
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  return (await query.execute()).map(folderOf);
}

export async function findWatchedFolder(records: Records, idOrFolder: string): Promise<WatchedFolder | undefined> {
  const query = records.as<WatchTables>().selectFrom("watched_folder").selectAll();
  const row = await query
    .where((where) => where.or([where("id", "=", idOrFolder), where("folder", "=", idOrFolder)]))
    .executeTakeFirst();
  return row && folderOf(row);
}

export async function insertWatchedFolder(records: Records, watched: WatchedFolder): Promise<void> {
  const { id, organisation, folder, setAt } = watched;
  const values = { id, organisation, folder, set_at: setAt, looked_at: null, problem: null, last_job: null };
  await records.as<WatchTables>().insertInto("watched_folder").values(values).execute();
}

export async function deleteWatchedFolder(records: Records, id: string): Promise<void> {
  await records.as<WatchTables>().deleteFrom("watched_folder").where("id", "=", id).execute();
}

/** What a look came to: nothing, or why there was none. */
export async function recordLook(records: Records, id: string, look: { at: number; problem: string | null }): Promise<void> {
  const db = records.as<WatchTables>();
  await db.updateTable("watched_folder").set({ looked_at: look.at, problem: look.problem }).where("id", "=", id).execute();
}

export async function recordDropJob(records: Records, id: string, job: string): Promise<void> {
  await records.as<WatchTables>().updateTable("watched_folder").set({ last_job: job }).where("id", "=", id).execute();
}

export async function listWatchedFiles(records: Records, folderId: string): Promise<readonly WatchedFile[]> {
  const query = records.as<WatchTables>().selectFrom("watched_file").selectAll().where("folder_id", "=", folderId);
  return (await query.orderBy("at").orderBy("file").execute()).map(fileOf);
}

export async function putWatchedFile(records: Records, folderId: string, file: WatchedFile): Promise<void> {
  const row = { folder_id: folderId, ...file };
  await records
    .as<WatchTables>()
    .insertInto("watched_file")
    .values(row)
    .onConflict((conflict) => conflict.columns(["folder_id", "file"]).doUpdateSet(row))
    .execute();
}

/** What became of a file, as long as it is still the one that was tried. */
export async function recordFate(
  records: Records,
  folderId: string,
  tried: Pick<WatchedFile, "file" | "bytes" | "modified">,
  fate: Pick<WatchedFile, "state" | "sha256" | "why" | "at">,
): Promise<void> {
  await records
    .as<WatchTables>()
    .updateTable("watched_file")
    .set(fate)
    .where("folder_id", "=", folderId)
    .where("file", "=", tried.file)
    .where("bytes", "=", tried.bytes)
    .where("modified", "=", tried.modified)
    .execute();
}

export async function forgetWatchedFile(records: Records, folderId: string, file: string): Promise<void> {
  await records.as<WatchTables>().deleteFrom("watched_file").where("folder_id", "=", folderId).where("file", "=", file).execute();
}

function fileOf({ file, bytes, modified, state, sha256, why, at }: WatchTables["watched_file"]): WatchedFile {
  return { file, bytes, modified, state, sha256, why, at };
}

function folderOf(row: WatchTables["watched_folder"]): WatchedFolder {
  return {
    id: row.id,
    organisation: row.organisation,
    folder: row.folder,
    setAt: row.set_at,
    lookedAt: row.looked_at,
    problem: row.problem,
    lastJob: row.last_job,
  };
}
