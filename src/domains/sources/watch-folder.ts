import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { House, Loop, Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { findJob } from "../../store/index.ts";
import { sourcesActions } from "./actions.ts";
import { folderLimits } from "./core/walk-folder.ts";
import { listDropFolder } from "./core/list-drop-folder.ts";
import { sourcesError } from "./errors.ts";
import type { DropJobInput } from "./take-dropped.ts";
import {
  deleteWatchedFolder,
  findWatchedFolder,
  forgetWatchedFile,
  insertWatchedFolder,
  listWatchedFiles,
  listWatchedFolders,
  putWatchedFile,
  recordDropJob,
  recordLook,
  type WatchedFile,
  type WatchedFolder,
} from "./watch-store.ts";

const everySeconds = 30;
/** Two looks are so far apart at least, whatever happened to the hub between them. */
const stillMs = (everySeconds - 5) * 1000;

/** Looks into each watched folder; shares tell nobody when a file comes. */
export const watchLoop: Loop = { name: "sources.watch", everySeconds, turn: lookIntoFolders };

/** Has a folder on the hub's disk looked into from now on. Fails with `sources.no-folder`, `sources.folder-own` or `sources.watched`. */
export async function watchFolder(
  session: Session,
  { folder, organisation }: { folder: string; organisation: string },
  house: House,
): Promise<WatchedFolder> {
  return session.perform(sourcesActions.watch, { kind: "folder", id: folder, organisation }, async (scope) => {
    const path = soundFolder(folder, house);
    const watched: WatchedFolder = {
      id: newId("fld", house.clock()),
      organisation,
      folder: path,
      setAt: house.clock(),
      lookedAt: null,
      problem: null,
      lastJob: null,
    };
    return scope.transaction(async (records) => {
      if (await findWatchedFolder(records, path)) throw sourcesError("watched", { path });
      await insertWatchedFolder(records, watched);
      return watched;
    });
  });
}

/** Leaves a folder alone from now on; the sources that came from it stay. Fails with `sources.not-watched`. */
export async function stopWatching(session: Session, folder: string, house: House): Promise<WatchedFolder> {
  const path = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const held = (await findWatchedFolder(house.store, path)) ?? (await findWatchedFolder(house.store, resolve(folder)));
  if (!held) throw sourcesError("not-watched", { path });
  const target = { kind: "folder", id: held.folder, organisation: held.organisation };
  return session.perform(sourcesActions.watch, target, (scope) =>
    scope.transaction(async (records) => {
      await deleteWatchedFolder(records, held.id);
      return held;
    }),
  );
}

/** A watched folder as it is shown: how much was taken, what waits, and what could not be loaded and why. */
export interface ShownFolder {
  readonly watched: WatchedFolder;
  readonly taken: number;
  readonly waiting: number;
  readonly failed: readonly WatchedFile[];
}

/** The watched folders of the session's organisation, of every one for the operator. */
export async function showWatchedFolders(session: Session): Promise<readonly ShownFolder[]> {
  return session.perform(sourcesActions.list, null, async ({ records }) => {
    const shown: ShownFolder[] = [];
    for (const watched of await listWatchedFolders(records, session.organisation)) {
      const files = Map.groupBy(await listWatchedFiles(records, watched.id), ({ state }) => state);
      const count = (state: WatchedFile["state"]) => files.get(state)?.length ?? 0;
      shown.push({ watched, taken: count("taken"), waiting: count("met"), failed: files.get("failed") ?? [] });
    }
    return shown;
  });
}

/** One look into every watched folder; a folder that cannot be looked into is said, and does not keep the others waiting. */
export async function lookIntoFolders(house: House): Promise<void> {
  for (const watched of await listWatchedFolders(house.store, null)) {
    const at = house.clock();
    try {
      const ready = await lookInto(watched, house);
      await recordLook(house.store, watched.id, { at, problem: null });
      if (ready.length > 0) await takeAll(watched, ready, house);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const problem =
        code === "ENOENT" || code === "ENOTDIR"
          ? "The folder is not there."
          : code === "EACCES" || code === "EPERM"
            ? "The hub's account may not read the folder."
            : code?.startsWith("sources.") === true
              ? message
              : `The folder could not be read (${code ?? "fault"}).`;
      await recordLook(house.store, watched.id, { at, problem });
    }
  }
}

/** The files that have stood still since the look before and were not tried as they are. */
async function lookInto(watched: WatchedFolder, house: House): Promise<readonly string[]> {
  const now = house.clock();
  const tooMany = () => sourcesError("folder-too-large", { what: `more than ${folderLimits.files} files` });
  const there = await listDropFolder(watched.folder, tooMany);
  const known = new Map((await listWatchedFiles(house.store, watched.id)).map((file) => [file.file, file]));
  const names = new Set(there.map(({ file }) => file));
  const ready: string[] = [];
  await house.store.transaction(async (records) => {
    for (const file of there) {
      const held = known.get(file.file);
      const isSame = held?.bytes === file.bytes && held.modified === file.modified;
      if (!held || !isSame)
        await putWatchedFile(records, watched.id, {
          ...file,
          state: "met",
          // of one that was only touched it is known what it holds
          sha256: held && held.state !== "failed" ? held.sha256 : null,
          why: null,
          at: now,
        });
      else if (held.state === "met" && now - held.at >= stillMs) ready.push(file.file);
    }
    // what was taken is remembered, so that the same file is not taken again when it comes back
    for (const { file, state } of known.values())
      if (!names.has(file) && state !== "taken") await forgetWatchedFile(records, watched.id, file);
  });
  return ready;
}

async function takeAll(watched: WatchedFolder, files: readonly string[], house: House): Promise<void> {
  const last = watched.lastJob === null ? undefined : await findJob(house.store, watched.lastJob);
  if (last?.state === "queued" || last?.state === "running") return;
  const input: DropJobInput = { watched: watched.id, files };
  const { organisation } = watched;
  const job = await house.jobs.queue(house.gate.operatorSession(), { kind: "sources.drop", input, organisation });
  await recordDropJob(house.store, watched.id, job.id);
}

/** A folder that is there and holds nothing of the hub's own. */
function soundFolder(folder: string, house: House): string {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw sourcesError("no-folder", { path: folder });
  const path = realpathSync(folder);
  const root = realpathSync(house.folder.root);
  const set = String(house.settings.find(({ name }) => name === "GUILDHALL_KEYS")?.value ?? "");
  const keys = set === "" ? `${root}.keys` : resolve(set);
  const keysFolder = existsSync(keys) ? dirname(realpathSync(keys)) : dirname(keys);
  if (`${path}${sep}`.startsWith(`${root}${sep}`) || path === keysFolder) throw sourcesError("folder-own", { path });
  return path;
}
