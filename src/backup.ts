import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { action, type Action, type House, type Session } from "./access/index.ts";
import { filesNamedIn } from "./engine/index.ts";
import { defineErrors } from "./kernel/errors.ts";

export const backupActions = {
  backup: action("hub.backup", "Began a backup of everything", { operator: true }),
  backedUp: action("hub.backed-up", "Finished a backup", { operator: true }),
  verify: action("hub.verify", "Checked the hub’s files", { operator: true }),
  export: action("hub.export", "Began an export of everything", { operator: true }),
  exported: action("hub.exported", "Finished an export", { operator: true }),
  doctor: action("hub.doctor", "Checked the hub’s health", { operator: true }),
} as const;

export const backupError = defineErrors("backup", {
  "not-empty": {
    kind: "conflict",
    message: (p: { folder: string }) => `The folder ${p.folder} is not empty.`,
    remedy: "Name a folder that does not exist yet or is empty.",
  },
  "not-a-backup": {
    kind: "invalid",
    message: (p: { folder: string; why: string }) => `${p.folder} is not a whole backup: ${p.why}.`,
    remedy: "Use another backup. Nothing was restored.",
  },
});

interface BackupManifest {
  readonly format: 1;
  readonly madeAt: string;
  readonly files: readonly { readonly file: string; readonly sha256: string; readonly bytes: number }[];
}

/**
 * Copies the hub to an empty folder while it is in use: first the records, as they stand at one moment, then every
 * file of the lake that those records name. Keys are never in it. Gives the number of files and bytes.
 */
export async function backUp(session: Session, house: House, folder: string): Promise<{ files: number; bytes: number }> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw backupError("not-empty", { folder });
  await recordLeaving(session, backupActions.backup, house);
  return session.perform(backupActions.backedUp, null, async () => {
    mkdirSync(join(folder, "lake"), { recursive: true, mode: 0o700 });
    await house.audit.drain();
    house.store.snapshotTo(join(folder, "hub.db"));
    house.audit.snapshotTo(join(folder, "audit.db"));
    copyFileSync(join(house.folder.root, "format.json"), join(folder, "format.json"));
    for (const file of filesNamedIn(join(folder, "hub.db"))) {
      mkdirSync(dirname(join(folder, "lake", file)), { recursive: true });
      copyFileSync(join(house.folder.lake, file), join(folder, "lake", file));
    }
    const files = await Promise.all(
      listAll(folder).map(async (file) => ({
        file,
        sha256: await hashOf(join(folder, file)),
        bytes: statSync(join(folder, file)).size,
      })),
    );
    const manifest: BackupManifest = { format: 1, madeAt: new Date(house.clock()).toISOString(), files };
    writeFileSync(join(folder, "backup.json.part"), JSON.stringify(manifest, null, 2));
    renameSync(join(folder, "backup.json.part"), join(folder, "backup.json")); // last: a folder without it is no backup
    return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

/** Puts on record, before anything is written, that every version of every dataset leaves; each owner finds it there. */
export async function recordLeaving(session: Session, leaving: Action, house: House): Promise<void> {
  await session.perform(leaving, null, async (scope) => {
    for (const dataset of await house.lake.listDatasets()) {
      for (const version of await house.lake.listVersions(dataset.id)) {
        const columns = version.columns.map(({ number }) => `c${number}`);
        scope.leaves({ dataset: dataset.id, owner: dataset.organisation, version: version.id, columns, rows: version.rows });
      }
    }
  });
}

/** Puts a backup into an empty data folder, after checking every file of it. */
export async function restoreBackup(from: string, data: string): Promise<{ files: number }> {
  const manifest = readManifest(from);
  if (existsSync(data) && readdirSync(data).length > 0) throw backupError("not-empty", { folder: data });
  for (const { file, sha256 } of manifest.files) {
    if (!isInside(file)) throw backupError("not-a-backup", { folder: from, why: `it names ${file}, which is outside it` });
    const path = join(from, file);
    if (!existsSync(path) || !lstatSync(path).isFile() || (await hashOf(path)) !== sha256)
      throw backupError("not-a-backup", { folder: from, why: `${file} is missing or has changed` });
  }
  const half = `${resolve(data)}.part`;
  rmSync(half, { recursive: true, force: true });
  for (const { file } of manifest.files) cpSync(join(from, file), join(half, file));
  mkdirSync(join(half, "lake"), { recursive: true });
  rmSync(data, { recursive: true, force: true });
  renameSync(half, data);
  return { files: manifest.files.length };
}

/** Checks every file of the lake against its recorded hash, and the records themselves. Gives what is wrong. */
export async function verifyHub(session: Session, house: House): Promise<readonly string[]> {
  return session.perform(backupActions.verify, null, async () => {
    const problems = house.store.integrityProblems().map((problem) => `hub.db: ${problem}`);
    for (const { file, sha256 } of await house.lake.listFiles()) {
      const path = join(house.folder.lake, file);
      if (!existsSync(path)) problems.push(`lake/${file}: it is missing`);
      else if ((await hashOf(path)) !== sha256) problems.push(`lake/${file}: its content has changed`);
    }
    return problems;
  });
}

/** Whether a name stays below the folder it is joined to. */
function isInside(file: string): boolean {
  return /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(file) && !file.includes("..");
}

function readManifest(folder: string): BackupManifest {
  const path = join(folder, "backup.json");
  if (!existsSync(path)) throw backupError("not-a-backup", { folder, why: "it has no backup.json" });
  return JSON.parse(readFileSync(path, "utf8")) as BackupManifest;
}

function listAll(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
