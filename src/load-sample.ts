import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { House } from "./access/index.ts";
import { hashPassword, insertOrganisation, insertPerson, samplePassword, writeHubFact } from "./domains/people/index.ts";
import { addAreas } from "./domains/places/index.ts";
import { addSource, type LoadResult } from "./domains/sources/index.ts";
import { tableLines } from "./faces/cli/index.ts";
import { checkSample } from "./sample-quality.ts";
import { shareSample } from "./sample-sharing.ts";
import { generateTown, writeTown, type Manifest, type WriteTownOptions } from "./sample/index.ts";

const council = "Wexcombe Council";
const health = "Wexcombe and Vale Health";

/** The people of the sample hub: invented, like everyone in it. */
export const samplePeople = [
  {
    name: "Amal Steward",
    email: "amal@wexcombe.example",
    organisation: council,
    roles: ["steward", "owner"],
    does: "Looks after data at the council",
  },
  {
    name: "Bram Analyst",
    email: "bram@wexcombe.example",
    organisation: council,
    roles: ["analyst"],
    does: "Asks questions for the council’s planning",
  },
  {
    name: "Carys Worker",
    email: "carys@wexcombe.example",
    organisation: council,
    roles: ["practitioner"],
    does: "Works at the council’s front door for adults",
  },
  {
    name: "Dev Governance",
    email: "dev@wexcombe.example",
    organisation: council,
    roles: ["governance", "signatory"],
    does: "Writes and signs agreements for the council",
  },
  {
    name: "Edie Administrator",
    email: "edie@wexcombe.example",
    organisation: council,
    roles: ["administrator"],
    does: "Runs accounts at the council",
  },
  {
    name: "Farid Guardian",
    email: "farid@vale.example",
    organisation: health,
    roles: ["governance", "signatory"],
    does: "Signs agreements for the health body",
  },
  {
    name: "Gwen Steward",
    email: "gwen@vale.example",
    organisation: health,
    roles: ["steward", "owner"],
    does: "Looks after data at the health body",
  },
] as const;

/** Writes the sample town's files, loads them as any files are loaded, and sets up who shares what. */
export async function loadSample(house: House, say: (text: string) => void, options: WriteTownOptions = {}): Promise<Manifest> {
  say("Making the sample town of Wexcombe. Everyone in it is invented.");
  const folder = await mkdtemp(join(house.folder.temporary, "town-"));
  try {
    const manifest = await writeTown(generateTown(1), folder, options);
    const password = await hashPassword(samplePassword);
    const { organisations, persons } = await house.store.transaction(async (records) => {
      const now = house.clock();
      const ids = new Map<string, string>();
      const people = new Map<string, { id: string; organisation: string }>();
      ids.set(council, await insertOrganisation(records, { name: council, kind: "council" }, now));
      ids.set(health, await insertOrganisation(records, { name: health, kind: "health" }, now + 1));
      for (const [at, { name, email, organisation, roles }] of samplePeople.entries()) {
        const id = await insertPerson(
          records,
          { name, email, password, memberships: [{ organisation, roles: [...roles] }] },
          now + at,
        );
        people.set(name, { id, organisation: ids.get(organisation) ?? "" });
      }
      await writeHubFact(records, "place", "Wexcombe");
      await writeHubFact(records, "host", ids.get(council) ?? "");
      return { organisations: ids, persons: people };
    });
    const datasets = new Map<string, string>();
    const results: (readonly [string, LoadResult])[] = [];
    for (const source of sampleSources) {
      const path = join(folder, source.file);
      const { job, source: added } = await addSource(
        house.gate.operatorSession(),
        {
          name: source.name,
          organisation: organisations.get(source.organisation) ?? "",
          files: [{ name: source.file, path, keep: true }],
          owner: source.owner,
          dpia: source.dpia,
        },
        house,
      );
      say(`Loading ${source.name}`);
      const ended = await house.jobs.wait(job.id);
      if (ended.state !== "done")
        throw new Error(`The sample's ${source.name} could not be loaded: ${ended.error?.message ?? ended.state}`);
      results.push([source.name, ended.result as LoadResult]);
      datasets.set(source.name, added.datasetId);
    }
    say("Agreeing what is shared, and linking the sources");
    await shareSample(house, { persons, datasets });
    await addAreas(
      house.gate.operatorSession(),
      {
        title: "Wards of Wexcombe",
        attribution: "Invented boundaries, drawn for the sample.",
        path: join(folder, "wards.geojson"),
        fileName: "wards.geojson",
      },
      house,
    );
    await house.store.transaction((records) => writeHubFact(records, "mode", "sample")); // an interrupted start begins again until here
    await checkSample(house, { persons, datasets });
    say("");
    const rows = results.map(([name, result]) => [
      name,
      result.rowsInFile,
      result.rowsLoaded,
      result.rowsQuarantined,
      result.seconds.toFixed(1),
    ]);
    for (const line of tableLines(["Source", "Rows in file", "Loaded", "Quarantined", "Seconds"], rows)) say(`  ${line}`);
    return manifest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sampleSources = [
  { name: "Council tax", file: "council-tax.csv", organisation: council, owner: "Head of revenues", dpia: "DPIA-2026-014" },
  {
    name: "Adult social care",
    file: "adult-social-care.csv",
    organisation: council,
    owner: "Director of adult services",
    dpia: "DPIA-2026-009",
  },
  {
    name: "GP registrations",
    file: "gp-registrations.ndjson",
    organisation: health,
    owner: "Primary care lead",
    dpia: "DPIA-2026-021",
  },
  { name: "Population by ward", file: "ward-population.csv", organisation: council, owner: "Head of insight", dpia: "" },
] as const;
