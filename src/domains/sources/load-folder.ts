import { existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { House, JobKind, JobRequest, Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import type { Job } from "../../store/index.ts";
import {
  insertEntry,
  listFields,
  changedBy,
  recordAnswers,
  recordFile,
  recordType,
  shareOf,
  type Answers,
  type Join,
} from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { insertSource, takeIn, type IncomingTable } from "./add-source.ts";
import { planFolder, type InspectedFile, type PlannedDataset } from "./core/plan-folder.ts";
import { walkFolder } from "./core/walk-folder.ts";
import { sourcesError } from "./errors.ts";
import { findAllJoins } from "./find-joins.ts";
import { loadSource } from "./load.ts";
import { isSeries } from "./series.ts";
import { findDocument, findSource, insertDocument, type Source } from "./store.ts";
import { typeDataset } from "./type-job.ts";

/** What a place says of one of its files, or of one table of it. */
export interface FileAnswers extends Answers {
  /** The dataset's name; the file's when left out. */
  readonly name?: string | undefined;
  /** Column names with the types that a person decided they have. */
  readonly types?: Readonly<Record<string, string>> | undefined;
}

export interface FolderAnswers {
  /** What holds for every file that is not named. */
  readonly defaults: FileAnswers;
  /** By path below the folder, or by the pattern of a series; with `#` and a table's name after it for one table. */
  readonly files: Readonly<Record<string, FileAnswers>>;
}

export interface FolderJobInput {
  readonly folder: string;
  readonly organisation: string;
  readonly answers: FolderAnswers;
}

/** Queues the load of a folder on the hub's own disk. */
export async function queueFolder(session: Session, input: FolderJobInput, house: House): Promise<Job> {
  return session.perform(sourcesActions.addFolder, { kind: "folder", id: input.folder, organisation: input.organisation }, () =>
    house.jobs.queue(session, { kind: "sources.folder", input, organisation: input.organisation }),
  );
}

/** One dataset that a folder became, in the words of the report. */
export interface FolderLine {
  /** Below the folder; of a series the pattern of its files' names. */
  readonly file: string;
  readonly kind: "table" | "append" | "document" | "metadata";
  readonly rowsInFile: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  readonly seconds: number;
  readonly dataset: string;
  readonly datasetId: string | null;
  readonly table: string;
  /** How many files it was made of. */
  readonly files: number;
  readonly notes: readonly string[];
  /** Why it was not loaded; null when it was. */
  readonly error: string | null;
}

export interface FolderResult {
  readonly datasets: readonly FolderLine[];
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
  readonly copies: readonly { readonly file: string; readonly of: string }[];
  /** Types that a person had to say, by dataset and column. */
  readonly overrides: readonly { readonly dataset: string; readonly column: string; readonly type: string }[];
  /** Columns of different datasets that hold each other's values. */
  readonly joins: readonly {
    readonly from: string;
    readonly to: string;
    /** Distinct values that both have, and of the side that has fewer the share. */
    readonly meet: number;
    readonly share: number;
  }[];
  readonly seconds: number;
}

/**
 * Loads a folder: looks into every file, makes a dataset of each table and of each series, types them, and enters
 * documents in the register. Loaded again, it takes only what changed. One file that fails does not stop the others.
 */
export const folderJob: JobKind = {
  kind: "sources.folder",
  label: "Load a folder",
  run: async (request) => {
    const input = request.job.input as FolderJobInput;
    const startedAt = request.house.clock();
    if (!existsSync(input.folder) || !(await stat(input.folder)).isDirectory())
      throw sourcesError("no-folder", { path: input.folder });
    const { files, skipped } = await walkFolder(input.folder, (what) => sourcesError("folder-too-large", { what }));
    const failed: FolderLine[] = [];
    const inspected: InspectedFile[] = [];
    for (const [at, { file, bytes }] of files.entries()) {
      request.progress({ step: "Looking into the files", done: at, total: files.length, unit: "steps" });
      const found = await orFailure(() => inspect(input.folder, file, bytes, request));
      if (found instanceof GuildhallError) failed.push(failure(file, found));
      else inspected.push(found);
    }
    const { planned, copies } = planFolder(inspected);
    const datasets: FolderLine[] = [];
    const overrides: FolderResult["overrides"][number][] = [];
    for (const [at, plan] of planned.entries()) {
      request.progress({ step: plan.name, done: at, total: planned.length, unit: "steps" });
      const line = await orFailure(() => takePlan(plan, input, request));
      if (line instanceof GuildhallError) datasets.push(failure(fileOf(plan), line, plan));
      else {
        const changed = line.datasetId === null ? [] : await orFailure(() => overrideTypes(line, input, request));
        if (changed instanceof GuildhallError) datasets.push({ ...line, error: sentenceOf(changed) });
        else {
          datasets.push(line);
          overrides.push(...changed);
        }
      }
    }
    request.progress({ step: "Looking for what fits together", done: 0, total: 0, unit: "steps" });
    const joins = await wordedJoins(await findAllJoins(input.organisation, request), request);
    return {
      datasets: [...datasets, ...failed],
      skipped,
      copies,
      overrides,
      joins,
      seconds: (request.house.clock() - startedAt) / 1000,
    };
  },
};

/** “Postcodes, lsoa_code”, for each side, the fullest first. */
async function wordedJoins(joins: readonly Join[], { house }: JobRequest): Promise<FolderResult["joins"]> {
  const names = new Map<string, string>();
  for (const dataset of new Set(joins.flatMap(({ from, to }) => [from.dataset, to.dataset]))) {
    const title = (await house.lake.findDataset(dataset))?.name ?? dataset;
    for (const { number, header } of await house.lake.listColumns(dataset))
      names.set(`${dataset} ${number}`, `${title}, ${header}`);
  }
  const nameOf = ({ dataset, number }: Join["from"]) => names.get(`${dataset} ${number}`) ?? dataset;
  return joins
    .map((join) => ({
      from: nameOf(join.from),
      to: nameOf(join.to),
      meet: join.meet,
      share: Math.round(shareOf(join) * 1000) / 1000,
    }))
    .toSorted((left, right) => right.share - left.share || right.meet - left.meet);
}

/** A fault of one file is kept and told beside the others; a cancelled job or a full disk ends it. */
export async function orFailure<T>(work: () => Promise<T>): Promise<T | GuildhallError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GuildhallError && !["engine.cancelled", "engine.no-space"].includes(error.code)) return error;
    throw error;
  }
}

/** What a file of a folder is and holds. */
export async function inspect(folder: string, file: string, bytes: number, request: JobRequest): Promise<InspectedFile> {
  const { house, process, signal } = request;
  const path = join(folder, file);
  const { sha256 } = await process.run("hash", { path }, { signal });
  const { kind, tables, notes } = await process.run(
    "tables",
    { path, name: basename(file), scratch: house.folder.temporary },
    { signal },
  );
  const delimited = tables.length === 1 && tables[0]?.format === "csv" && tables[0].part === "";
  const scratch = house.folder.temporary;
  const columns = delimited ? (await process.run("header", { path, part: "", scratch }, { signal })).columns : null;
  return { file, bytes, sha256, kind, tables, columns, notes };
}

/** Loads a planned dataset, into the source that it is known to fit (`home`), or into the one of its name. */
export async function takePlan(
  plan: PlannedDataset,
  input: FolderJobInput,
  request: JobRequest,
  home?: Source,
): Promise<FolderLine> {
  if (plan.kind === "document" || plan.kind === "metadata") return takeDocument(plan, input, request);
  const startedAt = request.house.clock();
  const paths = plan.files.map(({ file }) => join(input.folder, file));
  const series = home
    ? (await request.house.lake.findDataset(home.datasetId))?.kind === "append"
    : plan.kind === "series" && (await isSeries(paths, request));
  const source = home ?? (await sourceFor(plan, series, input, request));
  // A list that is sent again and again: each is a version, the last the newest.
  const rounds = plan.kind === "series" && !series ? await newRounds(plan, source, request) : [plan.files];
  const notes: string[] = [];
  for (const files of rounds) {
    const landed: IncomingTable[] = [];
    try {
      for (const { file } of files) {
        const landing = await takeIn({ name: basename(file), path: join(input.folder, file), keep: true }, request.house);
        landed.push({ landing, fileName: basename(file), part: plan.table?.part ?? null });
      }
      notes.push(...(await loadSource(source, landed, request)).notes);
    } finally {
      for (const { landing } of landed) await rm(join(request.house.folder.landing, landing), { force: true });
    }
  }
  const typed = await request.session.perform(
    sourcesActions.type,
    { kind: "dataset", id: source.datasetId, organisation: source.organisation },
    () => typeDataset(source.datasetId, request),
  );
  notes.push(...typed.notes);
  const version = await request.house.lake.findVersion(source.datasetId);
  if (!version) throw new Error("What was loaded has a version.");
  return {
    file: fileOf(plan),
    kind: series ? "append" : "table",
    rowsInFile: version.rowsInFile,
    rowsLoaded: version.rows,
    rowsQuarantined: version.quarantined,
    seconds: (request.house.clock() - startedAt) / 1000,
    dataset: source.name,
    datasetId: source.datasetId,
    table: plan.table?.part ?? "",
    files: plan.files.length,
    notes: [...new Set([...plan.files.flatMap((file) => file.notes), ...notes])],
    error: null,
  };
}

/** Each file of a list that was not loaded before, in order. */
async function newRounds(
  plan: PlannedDataset,
  source: Source,
  { house }: JobRequest,
): Promise<readonly (readonly InspectedFile[])[]> {
  const received = new Set((await house.lake.listReceived(source.datasetId)).map(({ sha256 }) => sha256));
  return plan.files.filter(({ sha256 }) => !received.has(sha256)).map((file) => [file]);
}

/** The source of a plan: the one of its name, where there is one, so that a folder may be loaded again. */
async function sourceFor(
  plan: PlannedDataset,
  series: boolean,
  { organisation, answers }: FolderJobInput,
  { house, session }: JobRequest,
): Promise<Source> {
  const said = answersFor(plan, answers);
  const name = said.name ?? plan.name;
  const held = await findSource(house.store, name, organisation);
  const kind = series ? "append" : "snapshot";
  // without a word of the place file it is the same source only where it came from a file of that name
  const strange = held && said.name === undefined && held.fileName !== basename(fileOf(plan));
  if (strange || (held && (await house.lake.findDataset(held.datasetId))?.kind !== kind))
    throw sourcesError("name-taken", { name });
  return session.perform(
    held ? sourcesActions.refresh : sourcesActions.add,
    { kind: "source", id: held?.id ?? name, organisation },
    (scope) =>
      scope.transaction(async (records) => {
        const facts = {
          name,
          organisation,
          kind,
          fileName: basename(fileOf(plan)),
          part: plan.table?.part ?? "",
          pattern: series ? plan.pattern : "",
        } as const;
        const source = held ?? (await insertSource(records, facts, house));
        await recordAnswers(records, source.datasetId, said, changedBy(session, house));
        return source;
      }),
  );
}

async function takeDocument(plan: PlannedDataset, input: FolderJobInput, { house, session }: JobRequest): Promise<FolderLine> {
  const [file] = plan.files;
  if (!file) throw new Error("A document is one file.");
  const kind = plan.kind === "metadata" ? "metadata" : "document";
  const said = answersFor(plan, input.answers);
  const name = said.name ?? plan.name;
  const { organisation } = input;
  await session.perform(sourcesActions.addDocument, { kind, id: name.slice(0, 100), organisation }, (scope) =>
    scope.transaction(async (records) => {
      const facts = { name: file.file, bytes: file.bytes, sha256: file.sha256 };
      let id = await findDocument(records, organisation, file.file);
      if (id === undefined) {
        id = newId("dst", house.clock());
        await house.lake.createDataset(records, { id, organisation, name, kind: "snapshot" });
        await insertEntry(records, {
          datasetId: id,
          organisation,
          title: name,
          owner: null,
          dpia: "",
          createdAt: house.clock(),
          kind,
          file: facts,
        });
        await insertDocument(records, { datasetId: id, organisation, file: file.file });
      } else await recordFile(records, id, facts);
      await recordAnswers(records, id, said, changedBy(session, house));
    }),
  );
  return { ...blank(file.file, plan), kind, dataset: name };
}

/** Sets what the place says a column is, where it was not found to be that. */
async function overrideTypes(
  line: FolderLine,
  { organisation, answers }: FolderJobInput,
  request: JobRequest,
): Promise<FolderResult["overrides"]> {
  const { house, session } = request;
  const datasetId = line.datasetId ?? "";
  const types = Object.entries(saidOf(line.file, line.table, answers).types ?? {});
  if (types.length === 0) return [];
  const fields = await listFields(house.store, datasetId);
  const changed = types.flatMap(([column, type]) => {
    const field = fields.find(({ name }) => name === column);
    if (!field) throw sourcesError("no-column", { file: line.file, column });
    return field.type === type ? [] : [{ number: field.number, column, type }];
  });
  if (changed.length === 0) return [];
  await session.perform(sourcesActions.type, { kind: "dataset", id: datasetId, organisation }, async (scope) => {
    await scope.transaction(async (records) => {
      for (const { number, type } of changed) await recordType(records, datasetId, number, type);
    });
    await typeDataset(datasetId, request);
  });
  return changed.map(({ column, type }) => ({ dataset: line.dataset, column, type }));
}

function answersFor(plan: PlannedDataset, answers: FolderAnswers): FileAnswers {
  return saidOf(fileOf(plan), plan.table?.part ?? "", answers);
}

/** What the place says of a table of a file, or of the file, or of all. */
function saidOf(file: string, part: string, { files, defaults }: FolderAnswers): FileAnswers {
  const names = part === "" ? [file] : [`${file}#${part}`, file];
  const named = names.find((name) => Object.hasOwn(files, name));
  return (named === undefined ? undefined : files[named]) ?? defaults;
}

/** Below the folder; of a series its pattern, in the folder of its files. */
function fileOf(plan: PlannedDataset): string {
  const file = plan.files[0]?.file ?? "";
  return plan.kind === "series" ? `${file.slice(0, file.length - basename(file).length)}${plan.pattern}` : file;
}

function failure(file: string, error: GuildhallError, plan?: PlannedDataset): FolderLine {
  return { ...blank(file, plan), error: sentenceOf(error) };
}

export function sentenceOf({ message, remedy }: GuildhallError): string {
  return `${message} ${remedy}`;
}

function blank(file: string, plan: PlannedDataset | undefined): FolderLine {
  return {
    file,
    kind: plan?.kind === "series" ? "append" : "table",
    rowsInFile: 0,
    rowsLoaded: 0,
    rowsQuarantined: 0,
    seconds: 0,
    dataset: plan?.name ?? file,
    datasetId: null,
    table: plan?.table?.part ?? "",
    files: plan?.files.length ?? 1,
    notes: plan?.files.flatMap(({ notes }) => notes) ?? [],
    error: null,
  };
}
