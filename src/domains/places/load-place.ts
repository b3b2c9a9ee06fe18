import { basename, join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import type { Job, JobProgress } from "../../store/index.ts";
import { declarePeople } from "../catalogue/index.ts";
import { queueFolder, type FolderResult } from "../sources/index.ts";
import { addLookUp } from "./add-look-up.ts";
import { addAreas, listAreas } from "./areas.ts";
import { placesError } from "./errors.ts";
import type { PlaceFile } from "./place-file.ts";

export interface LoadedPlace extends FolderResult {
  readonly place: string | null;
  /** The sets of areas that maps can be drawn of since. */
  readonly areas: readonly string[];
  /** What other domains made of the place file, in sentences. */
  readonly made: readonly string[];
  /** What the place file asks for and could not be done, each with its place in the file. All else was done. */
  readonly problems: readonly string[];
}

/**
 * Loads a folder as a place file describes it, or, without one, as its files are. Files of areas become boundaries that
 * maps are drawn of: those that the place file names, or without one each GeoJSON file of areas with codes and names.
 */
export async function loadPlace(
  session: Session,
  input: { readonly folder: string; readonly organisation: string; readonly place: PlaceFile | null },
  house: House,
  onProgress: (progress: JobProgress) => void,
): Promise<LoadedPlace> {
  const { place, folder, organisation } = input;
  const later: (Job | undefined)[] = [];
  const named = await addBoundaries(session, folder, place?.boundaries ?? [], house, later);
  const job = await queueFolder(session, { folder, organisation, answers: answersOf(place) }, house);
  const result = resultOf(await house.jobs.wait(job.id, onProgress));
  const areas = place?.boundaries ? named : await findBoundaries(session, folder, result, house, later);
  const problems: string[] = [];
  const told = async (where: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof GuildhallError) || error.kind === "broken") throw error;
      problems.push(`${where}: ${error.message} ${error.remedy}`);
    }
  };
  for (const [file, { noPeople: reason }] of Object.entries(place?.datasets ?? {}))
    if (reason !== undefined)
      await told(`datasets → ${file} → noPeople`, () =>
        declarePeople(session, datasetOf(result, file), { people: "no", reason }, house),
      );
  for (const [at, { for: file, column, in: other, key, value }] of (place?.lookUps ?? []).entries())
    await told(`lookUps → ${at}`, async () => {
      const wanted = { dataset: datasetOf(result, file), column, in: datasetOf(result, other), key, value };
      later.push(await addLookUp(session, wanted, house));
    });
  for (const each of later) if (each) await house.jobs.wait(each.id, onProgress);
  const made: string[] = [];
  const loaded = {
    name: place?.place ?? basename(folder),
    organisation,
    datasets: result.datasets.flatMap(({ datasetId }) => datasetId ?? []),
    datasetOf: (file: string) => datasetOf(result, file),
  };
  for (const { contributes } of house.modules) {
    const part = contributes?.placeFile;
    if (!part) continue;
    const said = place?.parts[part.key];
    await told(part.key, async () => {
      const sentences =
        said === undefined ? await part.otherwise?.(session, loaded, house) : await part.load(session, said, loaded, house);
      made.push(...(sentences ?? []));
    });
  }
  return { ...result, place: place?.place ?? null, areas, made, problems };
}

type Boundaries = NonNullable<PlaceFile["boundaries"]>[number];

/** Adds what the place file names, before the folder is loaded, so that rows are placed as they are typed. Those that are held stay. */
async function addBoundaries(
  session: Session,
  folder: string,
  wanted: readonly Boundaries[],
  house: House,
  later: (Job | undefined)[],
): Promise<readonly string[]> {
  const held = new Set((await listAreas(session)).map(({ title }) => title));
  const areas: string[] = [];
  for (const { file, title, attribution = "", code, name } of wanted) {
    if (held.has(title)) continue;
    const { set, jobs } = await addAreas(
      session,
      { title, path: join(folder, file), fileName: file, attribution, properties: { code, name } },
      house,
    );
    areas.push(set.title);
    later.push(...jobs);
  }
  return areas;
}

/** Without a word on boundaries each GeoJSON file of areas with codes and names is taken; others are no boundaries. */
async function findBoundaries(
  session: Session,
  folder: string,
  result: FolderResult,
  house: House,
  later: (Job | undefined)[],
): Promise<readonly string[]> {
  const areas: string[] = [];
  for (const { file, dataset, datasetId } of result.datasets) {
    if (datasetId === null || !/\.(?:geojson|json)$/i.test(file)) continue;
    try {
      areas.push(...(await addBoundaries(session, folder, [{ file, title: dataset }], house, later)));
    } catch (error) {
      if (!(error instanceof GuildhallError) || error.kind === "broken") throw error;
    }
  }
  return areas;
}

function datasetOf({ datasets }: FolderResult, file: string): string {
  const found = datasets.find((line) => line.datasetId !== null && (line.file === file || `${line.file}#${line.table}` === file));
  if (!found?.datasetId) throw placesError("no-such-file", { file });
  return found.datasetId;
}

function answersOf(place: PlaceFile | null) {
  const defaults = place?.defaults ?? {};
  return {
    defaults,
    files: Object.fromEntries(Object.entries(place?.datasets ?? {}).map(([file, said]) => [file, { ...defaults, ...said }])),
  };
}

function resultOf(job: Job): FolderResult {
  if (job.state === "done") return job.result as FolderResult;
  throw new GuildhallError({
    kind: "invalid",
    code: "sources.cancelled",
    message: "The load of the folder was cancelled.",
    remedy: "Load it again: what was loaded stays, and is not loaded twice.",
    ...job.error,
  });
}
