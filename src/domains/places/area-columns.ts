import type { JobRequest, RecipeColumn } from "../../access/index.ts";
import type { AreaFrom, MetAreas, Version } from "../../engine/index.ts";
import { dropRecipe, listFields, recordRecipe, type Field } from "../catalogue/index.ts";
import { soundFiles } from "../sources/index.ts";
import { AreaGuides, type AreaGuide } from "./area-guides.ts";
import { whatWasFound } from "./found-words.ts";
import { positionsIn } from "./positions.ts";
import { deleteAreaJoin, listAreaJoins, listAreaSets, saveAreaJoin, type AreaJoin } from "./store.ts";

/** More sets than this are not tried by themselves: the newest are. */
const mostSets = 20;

interface Work {
  readonly version: Version;
  readonly fields: readonly Field[];
  readonly textPaths: readonly string[];
  readonly guides: AreaGuides;
  readonly request: JobRequest;
}

/**
 * The areas that the rows of a dataset lie in, as columns for its typed layer: each position in each set of areas, where
 * any lies in one, and what was asked to be looked up. Tried once for each version; what came of it is kept in words.
 */
export async function areaColumnsOf(datasetId: string, request: JobRequest): Promise<readonly RecipeColumn[]> {
  const { house } = request;
  const version = await house.lake.findVersion(datasetId);
  if (!version) return [];
  const held = new Set(version.columns.map(({ number }) => number));
  const fields = (await listFields(house.store, datasetId)).filter(({ number, recipe }) => recipe === null && held.has(number));
  const joins = await wantedJoins(datasetId, fields, request);
  if (joins.length === 0) return [];
  const textPaths = await soundFiles(version, "text", request);
  const work: Work = { version, fields, textPaths, guides: new AreaGuides(request), request };
  try {
    const found: GuidedJoin[] = [];
    for (const join of joins) {
      const isAside = join.number === null && join.version === version.number;
      const guide = isAside ? undefined : await work.guides.guideOf(join.by);
      if (guide) found.push({ join, guide });
    }
    const made = await tryJoins(found, work);
    const columns = made.flatMap(({ join: { number, from }, guide }): RecipeColumn[] =>
      number === null ? [] : [{ number, from, path: guide.path, recipe: recipeOf(from, guide) }],
    );
    await work.guides.clear(columns);
    return columns;
  } catch (error) {
    await work.guides.clear([]);
    throw error;
  }
}

/** Those that are held and can still be made, then every position with every set that was not tried yet. */
async function wantedJoins(datasetId: string, fields: readonly Field[], { house }: JobRequest): Promise<readonly AreaJoin[]> {
  const joins = await listAreaJoins(house.store, datasetId);
  const stands = ({ from }: AreaJoin) => numbersOf(from).every((number) => fields.some((field) => field.number === number));
  const sets = (await listAreaSets(house.store)).toSorted((one, other) => other.createdAt - one.createdAt).slice(0, mostSets);
  const known = new Set(joins.map(keyOf));
  const fresh = positionsIn(fields)
    .flatMap((from) =>
      sets.map((set): AreaJoin => ({ datasetId, from, by: { kind: "set", set: set.id }, number: null, version: 0, found: [] })),
    )
    .filter((join) => !known.has(keyOf(join)));
  const gone = joins.filter((join) => !stands(join));
  if (gone.length > 0)
    await house.store.transaction(async (records) => {
      for (const join of gone) {
        if (join.number !== null) await dropRecipe(records, datasetId, join.number);
        await deleteAreaJoin(records, join);
      }
    });
  return [...joins.filter(stands), ...fresh];
}

function keyOf({ from, by }: AreaJoin): string {
  return JSON.stringify([from, by]);
}

function numbersOf(from: AreaFrom): readonly number[] {
  return from.kind === "pair" ? [from.east, from.north] : [from.column];
}

interface GuidedJoin {
  readonly join: AreaJoin;
  readonly guide: AreaGuide;
}

/** Sees what joins come to in this version where that is not known yet: the rows are gone through once for all of them. */
async function tryJoins(joins: readonly GuidedJoin[], work: Work): Promise<readonly GuidedJoin[]> {
  const { version, fields, textPaths, request } = work;
  const untried = joins.filter(({ join }) => join.version !== version.number);
  if (untried.length === 0) return joins;
  const used = new Set(untried.flatMap(({ join }) => numbersOf(join.from)));
  const columns = fields.filter(({ number }) => used.has(number));
  const areas = untried.map(({ join: { from }, guide: { path } }) => ({ from, path }));
  const met = await request.process.run("meet-areas", { textPaths, columns, areas }, { signal: request.signal });
  const made: GuidedJoin[] = [];
  for (const { join, guide } of joins) {
    const figures = met[untried.findIndex((one) => one.join === join)];
    made.push({ join: figures ? await keepJoin(join, guide, figures, work) : join, guide });
  }
  return made;
}

/** Keeps what a join came to, with its column where it makes one. */
async function keepJoin(wanted: AreaJoin, guide: AreaGuide, met: MetAreas, work: Work): Promise<AreaJoin> {
  const { version, fields, request } = work;
  const { house } = request;
  const { datasetId, from } = wanted;
  const { makesColumn, words: found } = whatWasFound(met, { from, guide, fields });
  const taken = new Set((await house.lake.listColumns(datasetId)).map(({ header }) => header));
  return house.store.transaction(async (records) => {
    let number: number | null = null;
    if (makesColumn) {
      const name = freeName(guide.title, taken);
      number = wanted.number ?? (await house.lake.addColumn(records, datasetId, name));
      const held = fields.find((field) => field.number === wanted.number)?.name ?? name;
      await recordRecipe(records, datasetId, {
        number,
        name: held,
        type: guide.type,
        recipe: recipeOf(from, guide),
        evidence: found,
      });
    } else if (wanted.number !== null) await dropRecipe(records, datasetId, wanted.number);
    const made: AreaJoin = { ...wanted, number, version: version.number, found };
    await saveAreaJoin(records, made);
    return made;
  });
}

function freeName(title: string, taken: ReadonlySet<string>): string {
  if (!taken.has(title)) return title;
  let at = 2;
  while (taken.has(`${title} (${at})`)) at += 1;
  return `${title} (${at})`;
}

function recipeOf(from: AreaFrom, { content }: AreaGuide): string {
  return `${JSON.stringify(from)} ${content}`;
}
