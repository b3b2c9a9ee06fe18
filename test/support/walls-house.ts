import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { House } from "../../src/access/index.ts";
import { openHouse } from "../../src/build-house.ts";
import { insertOrganisation } from "../../src/domains/people/index.ts";
import { addSource, refreshSource, type LoadResult, type Source } from "../../src/domains/sources/index.ts";
import { readSettings } from "../../src/kernel/config.ts";
import type { Job } from "../../src/store/index.ts";

export interface WallsHouse {
  readonly house: House;
  readonly folder: string;
  /** Adds a source from text and waits until its load has ended. */
  add(organisation: string, fileName: string, text: string | Buffer): Promise<{ source: Source; job: Job; result: LoadResult }>;
  refresh(source: Source, text: string | Buffer): Promise<Job>;
  organisation(name: string): Promise<string>;
  close(): Promise<void>;
}

/** A hub in a temporary folder, for tests of the walls: real store, log, lake and processes. Gone when closed. */
export async function openWallsHouse(settings: Readonly<Record<string, string>> = {}, at?: string): Promise<WallsHouse> {
  const folder = at ?? (await mkdtemp(join(tmpdir(), "walls-")));
  const { house, close } = await openHouse(
    readSettings({ GUILDHALL_DATA: join(folder, "data"), GUILDHALL_LOG: "silent", ...settings }),
  );
  let files = 0;
  const write = async (fileName: string, text: string | Buffer) => {
    files += 1;
    const path = join(folder, `${files}-${fileName}`);
    await writeFile(path, text);
    return { name: fileName, path, keep: true };
  };
  return {
    house,
    folder,
    async add(organisation, fileName, text) {
      const file = await write(fileName, text);
      const { source, job } = await addSource(
        house.gate.operatorSession(),
        { name: fileName, organisation, files: [file] },
        house,
      );
      const ended = await house.jobs.wait(job.id);
      await house.jobs.idle(); // the columns are typed by a job of their own
      return { source, job: ended, result: ended.result as LoadResult };
    },
    async refresh(source, text) {
      const { job } = await refreshSource(house.gate.operatorSession(), source.id, [await write(source.fileName, text)], house);
      const ended = await house.jobs.wait(job.id);
      await house.jobs.idle();
      return ended;
    },
    organisation: (name) =>
      house.store.transaction((records) => insertOrganisation(records, { name, kind: "council" }, house.clock())),
    async close() {
      await close();
      if (at === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
