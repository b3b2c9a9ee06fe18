import { constants, statSync } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { House, Session } from "./access/index.ts";
import { backupActions } from "./backup.ts";
import { listJobs } from "./store/index.ts";

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly says: string;
}

/** Looks at what goes wrong in practice: space, permissions, clock, leftover files, jobs and the log. */
export async function examineHub(session: Session, house: House): Promise<readonly Check[]> {
  return session.perform(backupActions.doctor, null, async () => {
    const { bavail, bsize } = await statfs(house.folder.root);
    const freeGb = (bavail * bsize) / 1e9;
    const open = ["", "hub.db", "audit.db"].filter((name) => (statSync(join(house.folder.root, name)).mode & 0o077) !== 0);
    const writable = await access(house.folder.root, constants.W_OK).then(
      () => true,
      () => false,
    );
    const orphans = await house.lake.listOrphans();
    const stuck = await listJobs(house.store, { states: ["failed"], limit: 100 });
    const newest = house.audit.search({ limit: 1 })[0]?.entry.at ?? 0;
    const integrity = house.store.integrityProblems();
    return [
      { name: "disk", ok: freeGb > 1, says: `${freeGb.toFixed(1)} GB are free for the data.` },
      { name: "folder", ok: writable, says: writable ? "The data folder can be written." : "The data folder cannot be written." },
      {
        name: "privacy",
        ok: process.platform === "win32" || open.length === 0,
        says:
          open.length === 0
            ? "Nobody else on this machine may read the data."
            : "Others on this machine may read the data: take their permissions away.",
      },
      {
        name: "clock",
        ok: newest <= house.clock(),
        says: newest <= house.clock() ? "The clock is not behind the log." : "The clock is behind the newest entry of the log.",
      },
      { name: "records", ok: integrity.length === 0, says: integrity[0] ?? "The records are sound." },
      {
        name: "leftovers",
        ok: orphans.length < 1000,
        says: `${orphans.length} files belong to no version; those older than a day are removed at the next start.`,
      },
      {
        name: "jobs",
        ok: stuck.length === 0,
        says: stuck.length === 0 ? "No job has failed." : `${stuck.length} jobs have failed; see the sources they belong to.`,
      },
    ];
  });
}
