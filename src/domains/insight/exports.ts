import { rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import type { RowsFormat, Version } from "../../engine/index.ts";
import { findJob, listJobs, type Job } from "../../store/index.ts";
import type { Entry } from "../catalogue/index.ts";
import { insightActions } from "./actions.ts";
import { insightError } from "./errors.ts";
import { findReadable, listVersionsOf, type Readable } from "./readable.ts";
import { versionAt } from "./version-at.ts";

export const exportKind = "insight.export";
export const exportFormats: Readonly<Record<RowsFormat, string>> = {
  csv: "CSV",
  parquet: "Parquet",
  xlsx: "Excel workbook",
  geojson: "GeoJSON",
};
const keptMs = 86_400_000;
/** A sheet has 1,048,576 rows, of which the header is one (ECMA-376). */
const mostSheetRows = 1_048_575;

export interface ExportInput {
  readonly dataset: string;
  readonly version: number;
  readonly format: RowsFormat;
  readonly purpose: string | null;
}

export interface ExportResult {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of the version when it was exported: one that is not so any more was changed by law. */
  readonly contentHash: string;
  /** SHA-256 of the rows as CSV. */
  readonly rowsHash: string;
}

export interface ExportsFrame {
  readonly entry: Entry;
  readonly versions: readonly Version[];
  /** This person's exports of the dataset, the newest first. */
  readonly exports: readonly Job[];
  readonly hasPlace: boolean;
}

/** Where the delivery of a job stands until it is fetched; the folder is emptied when the hub starts. */
export function deliveryPath(house: House, job: string): string {
  return join(house.folder.temporary, `export-${job}.zip`);
}

/** What may be exported of a dataset, and what this person has asked for already. */
export async function describeExports(session: Session, dataset: string, house: House): Promise<ExportsFrame> {
  return session.perform(insightActions.look, targetOf(dataset), async (scope) => {
    const readable = await findReadable(scope, session, dataset);
    const versions = await listVersionsOf(dataset, house);
    const exports = (await listJobs(house.store, { kind: exportKind, limit: 1000 })).filter(
      (job) => isOwn(job, session) && (job.input as ExportInput).dataset === dataset,
    );
    return { entry: readable.entry, versions, exports: exports.slice(0, 20), hasPlace: placeOf(readable.fields) !== null };
  });
}

/**
 * Queues an export of a version, whole. What a format cannot hold is said before: `insight.export-rows`, `insight.export-no-place`,
 * `insight.export-names`. Whether the rows may leave is decided when the job runs, and again when its file is fetched.
 */
export async function startExport(
  session: Session,
  wanted: { readonly dataset: string; readonly format: string; readonly version: number | null; readonly on: string | null },
  house: House,
): Promise<Job> {
  if (session.kind === "operator") throw insightError("export-person", {});
  return session.perform(insightActions.startExport, targetOf(wanted.dataset), async (scope) => {
    const readable = await findReadable(scope, session, wanted.dataset);
    const version = await versionAt(wanted.dataset, wanted, house);
    const format = checkFormat(wanted.format, version, readable);
    await removeOld(house);
    const input: ExportInput = { dataset: wanted.dataset, version: version.number, format, purpose: session.purpose };
    return house.jobs.queue(session, { kind: exportKind, input, organisation: session.organisation ?? "" });
  });
}

function checkFormat(format: string, version: Version, { fields }: Readable): RowsFormat {
  if (!isFormat(format)) throw insightError("export-format", { format }, { format: "Choose a format." });
  if (format === "xlsx" && version.rows > mostSheetRows)
    throw insightError("export-rows", { rows: version.rows, most: mostSheetRows }, { format: "Choose CSV or Parquet." });
  const held = fields.filter(({ number }) => version.columns.some((column) => column.number === number));
  if (format === "geojson" && placeOf(held) === null) throw insightError("export-no-place", {}, { format: "Choose another." });
  const alike = Map.groupBy(version.columns, ({ header }) => header.toLowerCase());
  const names = [...alike.values()].filter((same) => same.length > 1).flatMap((same) => same.map(({ header }) => header));
  if (format === "parquet" && names.length > 0)
    throw insightError("export-names", { names: names.slice(0, 4).join(", ") }, { format: "Choose CSV." });
  return format;
}

function isFormat(format: string): format is RowsFormat {
  return Object.hasOwn(exportFormats, format);
}

/** The columns that say where a row is, by number. */
export function placeOf(
  fields: readonly { readonly number: number; readonly type: string }[],
): { readonly point: number } | { readonly latitude: number; readonly longitude: number } | null {
  const find = (type: string) => fields.find((field) => field.type === type)?.number;
  const [point, latitude, longitude] = [find("geo.point"), find("geo.latitude"), find("geo.longitude")];
  if (latitude !== undefined && longitude !== undefined) return { latitude, longitude };
  return point === undefined ? null : { point };
}

/**
 * The file of a finished export, for the person who asked, while they may still export the dataset and it is as it was then. Fails
 * with `insight.export-gone`, or as the decision does.
 */
export async function fetchExport(
  session: Session,
  dataset: string,
  id: string,
  house: House,
): Promise<ExportResult & { readonly path: string }> {
  return session.perform(insightActions.fetchExport, targetOf(dataset), async (scope) => {
    const job = await findJob(house.store, id);
    const input = job?.input as ExportInput | undefined;
    if (job?.kind !== exportKind || !isOwn(job, session) || input?.dataset !== dataset) throw insightError("export-gone", {});
    const {
      dataset: owned,
      version,
      columns,
    } = await scope.relation({
      dataset,
      action: "export",
      under: "own",
      columns: "covered",
      layer: "received",
      version: input.version,
    });
    const result = job.result as ExportResult | null;
    const path = deliveryPath(house, id);
    const now = await house.lake.findVersion(dataset, input.version);
    if (!result || !isKept(job, house) || now?.contentHash !== result.contentHash || !existsSync(path))
      throw insightError("export-gone", {});
    scope.leaves({
      dataset: owned.id,
      owner: owned.organisation,
      version: version.id,
      columns: columns.map(({ number }) => `c${number}`),
      rows: result.rows,
    });
    return { ...result, path };
  });
}

export async function cancelExport(session: Session, dataset: string, id: string, house: House): Promise<void> {
  await session.perform(insightActions.startExport, targetOf(dataset), async () => {
    const job = await findJob(house.store, id);
    if (job?.kind !== exportKind || !isOwn(job, session)) throw insightError("export-gone", {});
    await house.jobs.cancel(id);
  });
}

/** Whether the file of a finished export is still there to be fetched. */
export function isKept(job: Job, house: House): boolean {
  return job.state === "done" && house.clock() - (job.finishedAt ?? 0) < keptMs && existsSync(deliveryPath(house, job.id));
}

function isOwn(job: Job, session: Session): boolean {
  return session.person !== null && job.actingFor === session.person.id && job.organisation === session.organisation;
}

async function removeOld(house: House): Promise<void> {
  const jobs = await listJobs(house.store, { kind: exportKind, states: ["done"], limit: 1000 });
  for (const job of jobs) if (!isKept(job, house)) await rm(deliveryPath(house, job.id), { force: true });
}

function targetOf(id: string) {
  return { kind: "dataset", id, organisation: null };
}
