import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { House, JobKind, JobRequest, Scope } from "../../access/index.ts";
import type { ColumnProfile, Version } from "../../engine/index.ts";
import {
  catalogueError,
  describeVersion,
  findEntry,
  listFields,
  personColumns,
  recordDistinct,
  type Field,
} from "../catalogue/index.ts";
import { madeBy } from "../../vocabulary/index.ts";
import { readHubFacts } from "../people/index.ts";
import { sourcesActions } from "./actions.ts";
import type { LoadJobInput } from "./add-source.ts";
import { loadLimits } from "./core/describe-file.ts";
import { sourcesError } from "./errors.ts";
import { findSource, type Source } from "./store.ts";

export interface LoadResult {
  readonly version: number;
  readonly unchanged: boolean;
  readonly rowsInFile: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  readonly notes: readonly string[];
  readonly seconds: number;
}

const { distinctLimit, sampleRows } = loadLimits;

/**
 * Reads a landing file into the next version of its dataset and describes its columns. The version can be asked from
 * then on; its typed layer is built by a job of its own.
 */
export const loadJob: JobKind = {
  kind: "sources.load",
  label: "Load a file",
  run: async (request) => {
    const input = request.job.input as LoadJobInput;
    const source = await findSource(request.house.store, input.source, null);
    if (!source) throw sourcesError("no-source", { name: input.source });
    return request.session.perform(
      sourcesActions.load,
      { kind: "source", id: source.id, organisation: source.organisation },
      (scope) => load(source, input, request, scope),
    );
  },
  discard: async (job, house) => rm(join(house.folder.landing, (job.input as LoadJobInput).landing), { force: true }),
};

async function load(source: Source, input: LoadJobInput, request: JobRequest, scope: Scope): Promise<LoadResult> {
  const { house, process, signal } = request;
  const startedAt = house.clock();
  const landing = join(house.folder.landing, input.landing);
  if (!existsSync(landing)) throw sourcesError("no-file", { path: input.fileName });
  const { sha256 } = await process.run("hash", { path: landing }, { signal });
  const newest = await house.lake.findVersion(source.datasetId);
  const unchanged = newest?.contentHash === sha256;
  const version = unchanged
    ? newest
    : await loadText(source, { landing, format: input.format, contentHash: sha256 }, request, scope);
  await queueTyping(source, request);
  await rm(landing, { force: true });
  return {
    version: version.number,
    unchanged,
    rowsInFile: version.rowsInFile,
    rowsLoaded: version.rows,
    rowsQuarantined: version.quarantined,
    notes: version.notes,
    seconds: (house.clock() - startedAt) / 1000,
  };
}

async function loadText(
  source: Source,
  file: { landing: string; format: "csv" | "ndjson"; contentHash: string },
  request: JobRequest,
  scope: Scope,
): Promise<Version> {
  const { house, process, signal } = request;
  const dataset = await house.lake.findDataset(source.datasetId);
  const known = await house.lake.listColumns(source.datasetId);
  const text = house.lake.newFile(source.datasetId);
  const quarantine = house.lake.newFile(source.datasetId);
  try {
    const output = await process.run(
      "load",
      {
        path: file.landing,
        format: file.format,
        part: "",
        textPath: text.part,
        quarantinePath: quarantine.part,
        scratch: house.folder.temporary,
        known,
        nextColumn: dataset?.nextColumn ?? 1,
        firstRecord: 1,
        added: [],
      },
      { signal, onProgress: request.progress },
    );
    if (output.rowsLoaded === 0 && output.rowsQuarantined > 0)
      throw sourcesError("nothing-read", { records: output.rowsQuarantined });
    const { columns: profiles } = await process.run(
      "profile",
      { textPaths: [text.part], columns: output.columns, distinctLimit, sampleRows },
      { signal, onProgress: request.progress },
    );
    await refuseUnreadyPeople(source, profiles, house);
    // What the columns are commits with the version: rows never stand under the masks of what came before.
    return await house.lake.commitVersion(
      { datasetId: source.datasetId, contentHash: file.contentHash, output, text, quarantine },
      async (records) => {
        await describeVersion(records, source.datasetId, profiles);
        await scope.noteIn(records);
      },
    );
  } catch (error) {
    await rm(text.part, { force: true });
    await rm(quarantine.part, { force: true });
    throw error;
  }
}

/** A hub that keeps registers takes no file about people before an impact assessment and an owner are recorded. */
async function refuseUnreadyPeople(source: Source, profiles: readonly ColumnProfile[], house: House): Promise<void> {
  if ((await readHubFacts(house.store)).mode !== "registers") return;
  const entry = await findEntry(house.store, source.datasetId);
  if (entry && entry.dpia !== "" && entry.owner !== null) return;
  const columns = personColumns(profiles);
  if (columns.length > 0) throw catalogueError("people-unready", { columns: columns.slice(0, 5).join(", ") });
}

async function queueTyping(source: Source, { house, session }: JobRequest): Promise<void> {
  await house.jobs.queue(session, {
    kind: "sources.type",
    input: { dataset: source.datasetId },
    organisation: source.organisation,
  });
}

/** The text layer of a version, checked against its hash: a typed layer built from a damaged one would look sound. */
async function soundText(
  version: Version,
  request: Pick<JobRequest, "house" | "process" | "signal">,
): Promise<readonly string[]> {
  const { house, process, signal } = request;
  const textPaths = await house.lake.filesOf(version.id, "text");
  if (textPaths.length === 0) throw new Error(`Version ${version.id} has no text layer.`);
  await house.lake.verifyFiles(textPaths, async (path) => (await process.run("hash", { path }, { signal })).sha256);
  return textPaths;
}

async function buildTyped(
  datasetId: string,
  version: Version,
  columns: readonly Pick<Field, "number" | "type" | "reading">[],
  request: Pick<JobRequest, "house" | "process" | "signal">,
): Promise<void> {
  const { house, process, signal } = request;
  const textPaths = await soundText(version, request);
  const typed = house.lake.newFile(datasetId);
  try {
    const output = await process.run("type", { textPaths, typedPath: typed.part, columns }, { signal });
    const types = Object.fromEntries(columns.map((column) => [`c${column.number}`, madeBy(column)]));
    await house.lake.commitTyped({ versionId: version.id, types, vocabulary: "1", output, typed });
    if (version.rows > 2 * sampleRows) await recordDistinct(house.store, datasetId, output.columns);
  } catch (error) {
    await rm(typed.part, { force: true });
    throw error;
  }
}

/**
 * Builds the typed layer of the newest version, where there is none from the types as they are now decided: after a load,
 * and after a steward's decision, which makes a new build and no new version.
 */
export const typeJob: JobKind = {
  kind: "sources.type",
  label: "Type the columns",
  run: async (request) => {
    const { dataset } = request.job.input as { dataset: string };
    return request.session.perform(
      sourcesActions.type,
      { kind: "dataset", id: dataset, organisation: request.job.organisation },
      async () => {
        const version = await request.house.lake.findVersion(dataset);
        if (!version) throw sourcesError("no-source", { name: dataset });
        const fields = await listFields(request.house.store, dataset);
        const numbers = new Set(version.columns.map(({ number }) => number));
        const columns = fields.filter(({ number }) => numbers.has(number));
        const typed = await request.house.lake.findTyped(version.id);
        if (!typed || columns.some((column) => typed.types[`c${column.number}`] !== madeBy(column)))
          await buildTyped(dataset, version, columns, request);
        return { version: version.number };
      },
    );
  },
};
