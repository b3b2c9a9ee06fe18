import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { House, JobKind, JobRequest, Scope } from "../../access/index.ts";
import type { ColumnProfile, Dataset, LoadedFile, Version } from "../../engine/index.ts";
import { catalogueError, changedBy, describeVersion, fillDescription, findEntry, personColumns } from "../catalogue/index.ts";
import { newId } from "../../kernel/ids.ts";
import { readHubFacts } from "../people/index.ts";
import { sourcesActions } from "./actions.ts";
import type { IncomingTable, LoadJobInput } from "./add-source.ts";
import { fetchFromDatabase } from "./database.ts";
import { isDatabaseUrl } from "./database-place.ts";
import { loadLimits } from "./core/describe-file.ts";
import { sourcesError } from "./errors.ts";
import { fetchUrl, type Validators } from "./fetch-url.ts";
import { allowedInside } from "./inside-network.ts";
import { kitOfLoad } from "./kit-of-load.ts";
import { addSiblings, chooseTable } from "./choose-table.ts";
import { readTables, type TableToRead } from "./read-tables.ts";
import { recordShape, refuseBreaking, shapeChange } from "./shape.ts";
import { findSource, recordFetched, recordKit, type Source } from "./store.ts";

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
 * Reads what came into the landing folder into the next version of its dataset and describes its columns. The version can
 * be asked from then on; its typed layer is built by a job of its own.
 */
export const loadJob: JobKind = {
  kind: "sources.load",
  label: "Load a file",
  run: async (request) => {
    const input = request.job.input as LoadJobInput;
    const source = await findSource(request.house.store, input.source, null);
    if (!source) throw sourcesError("no-source", { name: input.source });
    const fetched = input.files.length > 0 || source.url === null ? undefined : await fetchTable(source, source.url, request);
    const files = fetched?.files ?? input.files;
    const result = await loadSource(source, files, request).catch(async (error: unknown) => {
      // what was fetched for this attempt is of no use to another
      for (const { landing } of fetched?.files ?? []) await rm(join(request.house.folder.landing, landing), { force: true });
      throw error;
    });
    // only now: content that could not be loaded must come again, and not be called unchanged
    if (fetched?.validators) await recordFetched(request.house.store, source.id, fetched.validators);
    await request.house.jobs.queue(request.session, {
      kind: "sources.type",
      input: { dataset: source.datasetId },
      organisation: source.organisation,
    });
    return result;
  },
  discard: async (job, house) => {
    for (const { landing } of (job.input as LoadJobInput).files) await rm(join(house.folder.landing, landing), { force: true });
  },
};

/** What the place of a source gives now, in the landing folder; nothing where a web server says that it has not changed. */
async function fetchTable(
  source: Source,
  url: string,
  request: JobRequest,
): Promise<{ files: readonly IncomingTable[]; validators: Validators | null }> {
  if (isDatabaseUrl(url)) return { files: [await fetchFromDatabase(source, request)], validators: null };
  const { house, signal, progress } = request;
  const landing = newId("land", house.clock());
  progress({ step: "Fetching", done: 0, total: 0, unit: "bytes" });
  const known = await house.lake.findVersion(source.datasetId);
  const held = known ? { etag: source.etag, lastModified: source.lastModified } : { etag: null, lastModified: null };
  const fetched = await fetchUrl(url, join(house.folder.landing, landing), {
    held,
    allowed: allowedInside(house),
    signal,
  });
  if (fetched.kind === "unchanged") return { files: [], validators: null };
  const part = source.part === "" ? null : source.part;
  return { files: [{ landing, fileName: fetched.name, part }], validators: fetched.validators };
}

/** One load of one source, as its own use. The files it was given are gone from the landing folder once it is done. */
export async function loadSource(source: Source, files: readonly IncomingTable[], request: JobRequest): Promise<LoadResult> {
  return request.session.perform(
    sourcesActions.load,
    { kind: "source", id: source.id, organisation: source.organisation },
    async (scope) => {
      const { house } = request;
      const startedAt = house.clock();
      const dataset = await house.lake.findDataset(source.datasetId);
      if (!dataset) throw new Error(`Source ${source.id} has no dataset.`);
      const newest = (await house.lake.findVersion(dataset.id)) ?? null;
      const { toRead, notes } = await newTables(source, dataset, newest, files, request);
      const contentHash = hashOf(toRead, dataset.kind === "append" ? newest : null);
      if (toRead.length === 0 && newest === null) throw sourcesError("none-chosen", {});
      const unchanged = newest !== null && (toRead.length === 0 || [newest.contentHash, newest.mendedFrom].includes(contentHash));
      const version = unchanged
        ? newest
        : await loadVersion(source, { dataset, newest, toRead, notes, contentHash }, request, scope);
      for (const { landing } of files) await rm(join(house.folder.landing, landing), { force: true });
      const brought = unchanged ? [] : await house.lake.listReceived(dataset.id, version.id);
      const sum = (count: (file: (typeof brought)[number]) => number) => brought.reduce((total, file) => total + count(file), 0);
      return {
        version: version.number,
        unchanged,
        rowsInFile: unchanged ? version.rowsInFile : sum(({ rowsInFile }) => rowsInFile),
        rowsLoaded: unchanged ? version.rows : sum(({ rows }) => rows),
        rowsQuarantined: unchanged ? version.quarantined : sum(({ quarantined }) => quarantined),
        notes: unchanged ? notes : version.notes,
        seconds: (house.clock() - startedAt) / 1000,
      };
    },
  );
}

/** What an append dataset was not given before; of a snapshot, the one table it is made of. */
async function newTables(
  source: Source,
  dataset: Dataset,
  newest: Version | null,
  files: readonly IncomingTable[],
  request: JobRequest,
): Promise<{ toRead: readonly TableToRead[]; notes: readonly string[] }> {
  const { house, process, signal } = request;
  const received = dataset.kind === "append" ? await house.lake.listReceived(dataset.id) : [];
  const toRead: TableToRead[] = [];
  const notes: string[] = [];
  for (const incoming of files) {
    const path = join(house.folder.landing, incoming.landing);
    if (!existsSync(path)) throw sourcesError("no-file", { path: incoming.fileName });
    const { sha256 } = await process.run("hash", { path }, { signal });
    const { table, others, notes: found } = await chooseTable(path, incoming, request);
    const file = {
      fileName: incoming.fileName,
      path,
      sha256,
      part: table.part,
      format: table.format,
      rows: incoming.rows ?? null,
    };
    notes.push(...found);
    if (others.length > 0 && newest === null) notes.push(...(await addSiblings(source, incoming, others, request)));
    const same = received.find((held) => held.sha256 === sha256 && held.part === file.part);
    const named = received.find((held) => held.name === file.fileName && held.part === file.part);
    if (same)
      notes.push(`${file.fileName} was loaded before, as ${same.name} in version ${same.version}: its rows are there once.`);
    else if (named) throw sourcesError("name-again", { file: file.fileName, version: named.version });
    else if (toRead.some((other) => other.sha256 === sha256 && other.part === file.part))
      notes.push(`${file.fileName} holds the same as another of these files and was read once.`);
    else toRead.push(file);
  }
  return { toRead, notes };
}

/** Of a snapshot of one whole file the SHA-256 of the file; else of everything that the version is made of. */
function hashOf(tables: readonly TableToRead[], onto: Version | null): string {
  const [only] = tables;
  if (!onto && tables.length === 1 && only?.part === "") return only.sha256;
  const hash = createHash("sha256").update(onto?.contentHash ?? "");
  for (const { sha256, part } of tables) hash.update(`\n${sha256} ${part}`);
  return hash.digest("hex");
}

async function loadVersion(
  source: Source,
  load: {
    dataset: Dataset;
    newest: Version | null;
    toRead: readonly TableToRead[];
    notes: readonly string[];
    contentHash: string;
  },
  request: JobRequest,
  scope: Scope,
): Promise<Version> {
  const { house, process, signal } = request;
  const { dataset, newest } = load;
  const onto = dataset.kind === "append" ? newest : null;
  const files: LoadedFile[] = [];
  try {
    const columns = await readTables({ source, dataset, onto, tables: load.toRead }, request, (file) => files.push(file));
    refuseMiscounted(load.toRead, files);
    refuseTooManyBad(source, newest, files);
    await refuseBreaking(source, newest, columns, house);
    const earlier = onto ? await house.lake.filesOf(onto.id, "text") : [];
    const textPaths = [...earlier, ...files.map(({ text }) => text.part)];
    const profile = await process.run(
      "profile",
      { textPaths, columns, distinctLimit, sampleRows },
      { signal, onProgress: request.progress },
    );
    const { columns: profiles } = profile;
    const fileName = load.toRead[0]?.fileName ?? source.fileName;
    const kit = await kitOfLoad({ source, fileName, columns, textPaths, profile }, request);
    await refuseUnreadyPeople(source, profiles, kit.types, house);
    const told = shapeChange(newest, columns);
    const read = new Set(files.flatMap(({ output }) => output.notes));
    const notes = [...load.notes, ...told, ...read, ...kit.notes];
    // What the columns are commits with the version: rows never stand under the masks of what came before.
    return await house.lake.commitVersion(
      { datasetId: dataset.id, contentHash: load.contentHash, columns, notes, files, onto },
      async (records, { number }) => {
        await recordShape(records, { datasetId: dataset.id, version: number, told, at: house.clock() });
        await describeVersion(records, dataset.id, profiles, kit.types);
        await recordKit(records, source.id, kit.found);
        if (newest === null) await fillDescription(records, dataset.id, kit.about, changedBy(request.session, house));
        await scope.noteIn(records);
      },
    );
  } catch (error) {
    for (const { text, quarantine } of files) {
      await rm(text.part, { force: true });
      await rm(quarantine.part, { force: true });
    }
    throw error;
  }
}

/** Where the sender said how many rows it sent, no other number is loaded: a header was taken for a row, or a blank row for nothing. */
function refuseMiscounted(tables: readonly TableToRead[], files: readonly LoadedFile[]): void {
  for (const [at, { rows }] of tables.entries()) {
    const read = files[at]?.output.rowsInFile ?? 0;
    if (rows !== null && rows !== read) throw sourcesError("database-miscounted", { sent: rows, read });
  }
}

/** A load that reads nothing, or that spoils a dataset which was sound, is refused: the version that was there stays. */
function refuseTooManyBad(source: Source, newest: Version | null, files: readonly LoadedFile[]): void {
  const bad = files.reduce((sum, { output }) => sum + output.rowsQuarantined, 0);
  const all = files.reduce((sum, { output }) => sum + output.rowsInFile, 0);
  if (bad > 0 && bad === all) throw sourcesError("nothing-read", { records: bad });
  if (newest && bad > all * source.badShare) throw sourcesError("too-many-bad", { bad, all, share: source.badShare });
}

/** A hub that keeps registers takes no file about people before an impact assessment and an owner are recorded. */
async function refuseUnreadyPeople(
  source: Source,
  profiles: readonly ColumnProfile[],
  kitTypes: ReadonlyMap<number, string>,
  house: House,
): Promise<void> {
  if ((await readHubFacts(house.store)).mode !== "registers") return;
  const entry = await findEntry(house.store, source.datasetId);
  if (entry && entry.dpia !== "" && entry.owner !== null) return;
  const columns = personColumns(profiles, kitTypes);
  if (columns.length > 0) throw catalogueError("people-unready", { columns: columns.slice(0, 5).join(", ") });
}
