import { join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import type { Job, JobProgress } from "../../store/index.ts";
import { queueFolder, type FolderResult } from "../sources/index.ts";
import { addAreas, listAreas } from "./areas.ts";
import type { PlaceFile } from "./place-file.ts";

export interface LoadedPlace extends FolderResult {
  readonly place: string | null;
  /** The sets of areas that maps can be drawn of since. */
  readonly areas: readonly string[];
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
  const job = await queueFolder(session, { folder, organisation, answers: answersOf(place) }, house);
  const ended = await house.jobs.wait(job.id, onProgress);
  const result = resultOf(ended);
  const wanted =
    place?.boundaries ??
    result.datasets
      .filter(({ file, datasetId }) => datasetId !== null && /\.(?:geojson|json)$/i.test(file))
      .map(({ file, dataset }) => ({ file, title: dataset }));
  const areas: string[] = [];
  const held = new Set((await listAreas(session)).map(({ title }) => title));
  for (const { file, title, ...more } of wanted) {
    if (held.has(title)) continue;
    try {
      const { code, name, attribution } = { code: undefined, name: undefined, attribution: undefined, ...more };
      const set = await addAreas(
        session,
        { title, path: join(folder, file), fileName: file, attribution: attribution ?? "", properties: { code, name } },
        house,
      );
      areas.push(set.title);
    } catch (error) {
      // nobody said that it holds areas
      if (place?.boundaries || !(error instanceof GuildhallError) || error.kind === "broken") throw error;
    }
  }
  return { ...result, place: place?.place ?? null, areas };
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
