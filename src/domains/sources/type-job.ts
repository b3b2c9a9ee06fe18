import { rm } from "node:fs/promises";
import { collect, type House, type JobKind, type JobRequest, type RecipeColumn, type Session } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import type { Job } from "../../store/index.ts";
import { madeBy } from "../../vocabulary/index.ts";
import { listFields, recordDistinct, recordFilled, type Field } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { checkKit } from "./check-kit.ts";
import { recordChange } from "./compare-versions.ts";
import { loadLimits } from "./core/describe-file.ts";
import { sourcesError } from "./errors.ts";
import { soundFiles } from "./sound-files.ts";

/** An append dataset is put together again once it has more segments than this: each costs every question a file to open. */
const mostSegments = 16;

/**
 * Builds the typed layer of the newest version, where there is none from the types as they are now decided: after a load,
 * and after a steward's decision, which makes a new build and no new version. Many small segments become one first.
 */
export const typeJob: JobKind = {
  kind: "sources.type",
  label: "Type the columns",
  run: async (request) => {
    const { dataset } = request.job.input as { dataset: string };
    return request.session.perform(
      sourcesActions.type,
      { kind: "dataset", id: dataset, organisation: request.job.organisation },
      () => typeDataset(dataset, request),
    );
  },
};

/** Queues the job for an own dataset; nothing for somebody who may not look after it. */
export async function queueTyping(
  session: Session,
  { dataset, organisation }: { readonly dataset: string; readonly organisation: string },
  house: House,
): Promise<Job | undefined> {
  if (!session.may(sourcesActions.type, organisation)) return undefined;
  return house.jobs.queue(session, { kind: "sources.type", input: { dataset }, organisation });
}

/** What the job does, for a job that does more; its caller has decided that it may. */
export async function typeDataset(dataset: string, request: JobRequest): Promise<{ version: number; notes: readonly string[] }> {
  const { house } = request;
  const version = await house.lake.findVersion(dataset);
  if (!version) throw sourcesError("no-source", { name: dataset });
  for (const layer of ["text", "quarantine"] as const) await compact(version, layer, request);
  const fields = await listFields(house.store, dataset);
  const numbers = new Set(version.columns.map(({ number }) => number));
  const columns = fields.filter(({ number }) => numbers.has(number));
  const areas = await collect(house.modules, (contributions) => contributions.areaColumns?.(dataset, request));
  try {
    const types = Object.fromEntries([
      ...columns.map((column) => [`c${column.number}`, madeBy(column)]),
      ...areas.map(({ number, recipe }) => [`c${number}`, recipe]),
    ]);
    const typed = await house.lake.findTyped(version.id);
    if (!typed || !sameTypes(typed.types, types)) await buildTyped(version, { columns, areas, types }, request);
  } finally {
    for (const { path } of areas) await rm(path, { force: true });
  }
  await compareWithLast(version, request);
  const notes = await checkKit(version, await soundFiles(version, "text", request), request);
  for (const { contributes } of house.modules) await contributes?.typed?.(dataset, house);
  return { version: version.number, notes };
}

/** What changed since the version before is worked out at once; of a dataset that only grows, all that is new was added. */
async function compareWithLast(version: Version, request: JobRequest): Promise<void> {
  const { lake } = request.house;
  if ((await lake.findDataset(version.datasetId))?.kind !== "snapshot" || version.number === 1) return;
  const before = await lake.findVersion(version.datasetId, version.number - 1);
  if (before) await recordChange(before, version, request);
}

async function compact(version: Version, layer: "text" | "quarantine", request: JobRequest): Promise<void> {
  const { house, process, signal } = request;
  if ((await house.lake.filesOf(version.id, layer)).length <= mostSegments) return;
  const paths = await soundFiles(version, layer, request);
  const merged = house.lake.newFile(version.datasetId);
  try {
    const columns = layer === "text" ? version.columns.map(({ number }) => number) : null;
    const facts = await process.run("merge", { paths, columns, target: merged.part }, { signal });
    await house.lake.replaceSegments(version.id, { ...merged, layer, facts });
  } catch (error) {
    await rm(merged.part, { force: true });
    throw error;
  }
}

function sameTypes(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

async function buildTyped(
  version: Version,
  wanted: {
    readonly columns: readonly Pick<Field, "number" | "type" | "reading">[];
    readonly areas: readonly RecipeColumn[];
    /** What each column is made by, which says whether it must be built anew. */
    readonly types: Readonly<Record<string, string>>;
  },
  request: JobRequest,
): Promise<void> {
  const { house, process, signal } = request;
  const { columns, areas, types } = wanted;
  const textPaths = await soundFiles(version, "text", request);
  const typed = house.lake.newFile(version.datasetId);
  try {
    const output = await process.run("type", { textPaths, typedPath: typed.part, columns, areas }, { signal });
    await house.lake.commitTyped({ versionId: version.id, types, vocabulary: "1", output, typed });
    const worked = output.areas.flatMap(({ number, top }) => {
      const counts = output.columns.find((column) => column.number === number);
      return counts ? [{ ...counts, top }] : [];
    });
    await recordFilled(house.store, version, worked);
    if (version.rows > 2 * loadLimits.sampleRows) await recordDistinct(house.store, version.datasetId, output.columns);
  } catch (error) {
    await rm(typed.part, { force: true });
    throw error;
  }
}
