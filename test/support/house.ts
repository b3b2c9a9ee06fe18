// A real hub's inside in a folder of its own: real store, lake, engine process and audit log, filled through the use
// cases that people use. Open one per test file (it starts processes), and close it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { House, Purpose, Role, Session } from "../../src/access/index.ts";
import { openHouse } from "../../src/build-house.ts";
import { decideType, declarePeople, listFields } from "../../src/domains/catalogue/index.ts";
import { addOrganisation, addPerson, findPersonFacts } from "../../src/domains/people/index.ts";
import { addSource, refreshSource } from "../../src/domains/sources/index.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { readSettings } from "../../src/kernel/config.ts";
import { createLog } from "../../src/kernel/log.ts";

export interface TestHouse {
  readonly house: House;
  /** A folder for the test's own files; gone when the house is closed. */
  readonly folder: string;
  readonly close: () => Promise<void>;
  /** Gives the organisation's id. */
  readonly organisation: (name: string) => Promise<string>;
  /** Makes an account and gives a session of it with the purpose in force. */
  readonly person: (input: { name: string; organisation: string; roles: readonly Role[]; purpose?: Purpose }) => Promise<Session>;
  /** Loads a CSV text as a source and waits until its columns are typed; gives the dataset's id. */
  readonly load: (input: { name: string; organisation: string; csv: string; dpia?: string }) => Promise<string>;
  /** Loads another file into a source, as its next version. */
  readonly refresh: (name: string, csv: string) => Promise<void>;
  /** A steward's decision on a column, by its name in the file; waits until the column is typed anew. */
  readonly decide: (steward: Session, dataset: string, column: string, type: string) => Promise<void>;
  /** Says for its owner that a dataset describes no people. */
  readonly withoutPeople: (dataset: string) => Promise<void>;
  /** The number of a column, by its name in the file. */
  readonly column: (dataset: string, name: string) => Promise<number>;
}

export const testPassword = "a password for tests";

export async function openTestHouse({
  settings: set = {},
  ...options
}: { clock?: Clock; settings?: Readonly<Record<string, string>> } = {}): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-test-"));
  const settings = readSettings({ GUILDHALL_DATA: join(folder, "data"), GUILDHALL_LOG: "silent", ...set });
  const { house, close } = await openHouse(settings, { log: createLog("silent"), ...options });
  let files = 0;
  const write = async (csv: string) => {
    files += 1;
    const path = join(folder, `file-${files}.csv`);
    await writeFile(path, csv);
    return path;
  };
  const wait = async (job: string) => {
    const ended = await house.jobs.wait(job);
    await house.jobs.idle(); // the columns are typed by a job of their own
    if (ended.state !== "done") throw new Error(`A job of the test ended as ${ended.state}: ${ended.error?.message ?? ""}`);
  };
  const operator = () => house.gate.operatorSession();
  const column = async (dataset: string, name: string) => {
    const found = (await listFields(house.store, dataset)).find((field) => field.name === name);
    if (!found) throw new Error(`The dataset has no column ${name}.`);
    return found.number;
  };
  return {
    house,
    folder,
    column,
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
    withoutPeople: (dataset) => declarePeople(operator(), dataset, { people: "no", reason: "Each row is a thing." }, house),
    organisation: (name) => addOrganisation(operator(), { name, kind: "council" }, house),
    person: async ({ name, organisation, roles, purpose }) => {
      const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}@${organisation.slice(-8)}.example`;
      const id = await addPerson(
        operator(),
        { name, email, password: testPassword, memberships: [{ organisation, roles }] },
        house,
      );
      const facts = await findPersonFacts(house.store, id, organisation);
      if (!facts) throw new Error(`${name} was not found again.`);
      return house.gate.personSession(facts, purpose ?? null);
    },
    load: async ({ name, organisation, csv, dpia }) => {
      const path = await write(csv);
      const { source, job } = await addSource(
        operator(),
        { name, organisation, files: [{ name: `${name}.csv`, path, keep: true }], dpia: dpia ?? "" },
        house,
      );
      await wait(job.id);
      return source.datasetId;
    },
    refresh: async (name, csv) => {
      const path = await write(csv);
      const { job } = await refreshSource(operator(), name, [{ name: `${name}.csv`, path, keep: true }], house);
      await wait(job.id);
    },
    decide: async (steward, dataset, name, type) => {
      const job = await decideType(steward, dataset, await column(dataset, name), type, house);
      await wait(job.id);
    },
  };
}
