import type { JobRequest, RecipeColumn } from "../../access/index.ts";
import type { AreaFrom, Version } from "../../engine/index.ts";
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
  const columns: RecipeColumn[] = [];
  try {
    for (const wanted of joins) {
      if (wanted.number === null && wanted.version === version.number) continue;
      const guide = await work.guides.guideOf(wanted.by);
      if (!guide) continue;
      const { number, from } = wanted.version === version.number ? wanted : await tryJoin(wanted, guide, work);
      if (number !== null) columns.push({ number, from, path: guide.path, recipe: recipeOf(from, guide) });
    }
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

/** Sees what a join comes to in this version, and keeps that with its column. */
async function tryJoin(wanted: AreaJoin, guide: AreaGuide, work: Work): Promise<AreaJoin> {
  const { version, fields, textPaths, request } = work;
  const { house, process, signal } = request;
  const { datasetId, from } = wanted;
  const columns = fields.filter(({ number }) => numbersOf(from).includes(number));
  const [met] = await process.run("meet-areas", { textPaths, columns, areas: [{ from, path: guide.path }] }, { signal });
  if (!met) throw new Error("One join was tried.");
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
