import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { House, Session } from "../../access/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import { newId } from "../../kernel/ids.ts";
import type { AreaShape } from "../../kit/index.ts";
import type { Job, Records } from "../../store/index.ts";
import { dropRecipe, listFields, listOwnEntryRows } from "../catalogue/index.ts";
import { readHubFacts } from "../people/index.ts";
import { queueTyping } from "../sources/index.ts";
import { placesActions } from "./actions.ts";
import { placesError } from "./errors.ts";
import { positionsIn } from "./positions.ts";
import { areaLimits, readGeoJson, type PropertyChoice } from "./read-geojson.ts";
import {
  countCovered,
  deleteAreaJoin,
  deleteAreaSet,
  findAreaSet,
  insertAreaSet,
  countAreaSets,
  listAreaSets,
  listJoinsBySet,
  listShapes,
  type AreaSet,
} from "./store.ts";

export interface NewAreas {
  readonly title: string;
  readonly attribution?: string;
  readonly path: string;
  /** The file's name as the person knows it. */
  readonly fileName: string;
  readonly properties?: PropertyChoice;
}

/**
 * Adds the areas of a GeoJSON file, and queues the jobs that place the own organisation's rows in them; another
 * organisation's are placed with its next load. Fails with `places.…`; nothing is kept then.
 */
export async function addAreas(
  session: Session,
  input: NewAreas,
  house: House,
): Promise<{ readonly set: AreaSet; readonly jobs: readonly Job[] }> {
  const title = input.title.trim();
  const organisation = session.organisation ?? (await readHubFacts(house.store)).host ?? "";
  const set = await session.perform(
    placesActions.add,
    { kind: "areas", id: title.slice(0, 100), organisation: session.organisation },
    async (scope) => {
      if (title === "" || title.length > 100)
        throw placesError("no-title", {}, { title: "Write a title of 1 to 100 characters." });
      if (!existsSync(input.path) || !statSync(input.path).isFile())
        throw placesError("no-file", { path: input.fileName }, { file: "Choose a file." });
      if (statSync(input.path).size > areaLimits.megabytes * 1_000_000)
        throw placesError("too-large", { megabytes: areaLimits.megabytes }, { file: "Choose a smaller file." });
      const shapes = readGeoJson(await readFile(input.path, "utf8"), input.properties);
      const now = house.clock();
      const set = {
        id: newId("are", now),
        title,
        attribution: (input.attribution ?? "").trim().slice(0, 500),
        organisation,
        createdAt: now,
      };
      await scope.transaction(async (records) => {
        if ((await listAreaSets(records)).some((held) => held.title === title))
          throw placesError("title-taken", { title }, { title: "Taken." });
        await insertAreaSet(records, set, shapes);
      });
      return { ...set, areas: shapes.length };
    },
  );
  return { set, jobs: await placeDatasets(session, organisation, house) };
}

export async function listAreas(session: Session): Promise<readonly AreaSet[]> {
  return session.perform(placesActions.list, null, (scope) => listAreaSets(scope.records));
}

const mostDrawn = 1500;

const setsOnAPage = 10;

/** Sets with their outlines, for pictures, a page at a time; a set of very many areas comes without. */
export async function pageAreas(
  session: Session,
  page: number,
): Promise<PageOf<{ readonly set: AreaSet; readonly shapes: readonly AreaShape[] }>> {
  return session.perform(placesActions.list, null, ({ records }) =>
    readPage(
      page,
      {
        count: () => countAreaSets(records),
        rows: async (window) =>
          Promise.all(
            (await listAreaSets(records, { window })).map(async (set) => ({
              set,
              shapes: set.areas > mostDrawn ? [] : await listShapes(records, set.id),
            })),
          ),
      },
      setsOnAPage,
    ),
  );
}

async function placeDatasets(session: Session, organisation: string, house: House): Promise<readonly Job[]> {
  const datasets = await session.perform(placesActions.list, null, async ({ records }) => {
    const entries = await listOwnEntryRows(records, organisation);
    const fields = await Promise.all(entries.map(({ datasetId }) => listFields(records, datasetId)));
    return entries.filter((_, at) => positionsIn(fields[at] ?? []).length > 0);
  });
  const jobs: Job[] = [];
  for (const { datasetId: dataset } of datasets) {
    const job = await queueTyping(session, { dataset, organisation }, house);
    if (job) jobs.push(job);
  }
  return jobs;
}

/** Removes a set of the own organisation, with the columns of areas that it made. Questions asked later have no map of it. */
export async function removeAreas(session: Session, id: string): Promise<AreaSet> {
  const set = await session.perform(placesActions.list, null, (scope) => findAreaSet(scope.records, id));
  if (!set) throw placesError("no-set", {});
  await session.perform(placesActions.remove, { kind: "areas", id, organisation: set.organisation }, (scope) =>
    scope.transaction(async (records) => {
      for (const join of await listJoinsBySet(records, id)) {
        if (join.number !== null) await dropRecipe(records, join.datasetId, join.number);
        await deleteAreaJoin(records, join);
      }
      await deleteAreaSet(records, id);
    }),
  );
  return set;
}

export interface FoundAreas {
  readonly set: AreaSet;
  readonly shapes: readonly AreaShape[];
}

const leastShare = 0.8;

/**
 * The set whose codes cover most of the given ones, with outlines to draw: all of its areas, or, where it reaches far
 * beyond them, only those asked for. Nothing when no set covers 80 % of the codes. The newest set wins among equals.
 */
export async function findAreasFor(records: Records, codes: readonly string[]): Promise<FoundAreas | undefined> {
  const wanted = [...new Set(codes)];
  const [best] = await countCovered(records, wanted);
  if (!best || best.covered < wanted.length * leastShare) return undefined;
  const set = await findAreaSet(records, best.set);
  if (!set) return undefined;
  const near = set.areas <= Math.max(3 * best.covered, 60);
  return { set, shapes: await listShapes(records, set.id, near ? undefined : wanted) };
}
