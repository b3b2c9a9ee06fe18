import { constants, existsSync, statSync } from "node:fs";
import { copyFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import { engineError, type DatasetKind } from "../../engine/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Job, Records } from "../../store/index.ts";
import { changedBy, insertEntry, recordAnswers } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { holdsNoTable, namePattern } from "./core/file-names.ts";
import { databaseUrl, readDatabaseUrl, selectOf, type DatabaseAsk } from "./database-place.ts";
import { insertDatabase } from "./database-store.ts";
import { sourcesError } from "./errors.ts";
import { readUrl } from "./fetch-url.ts";
import { findSource, isFetched, type Source, type SourcesTables } from "./store.ts";

export interface IncomingFile {
  readonly name: string;
  readonly path: string;
  /** An upload is the hub's own copy and is moved; a file named on the command line stays where it is. */
  readonly keep: boolean;
}

/** A file in the landing folder, and the table of it that is wanted; null for the one it holds, or the first of several. */
export interface IncomingTable {
  readonly landing: string;
  readonly fileName: string;
  readonly part: string | null;
  /** How many rows were sent, where whoever sent them said so. */
  readonly rows?: number;
}

export interface LoadJobInput {
  readonly source: string;
  /** None for a source that the hub fetches. */
  readonly files: readonly IncomingTable[];
}

export interface NewSource {
  readonly name: string;
  readonly organisation: string;
  /** One for a source that is loaded whole; one or more for one that files are added to; none where it is fetched. */
  readonly files: readonly IncomingFile[];
  /** Where it is fetched from: a web address, or that of a database with what to ask it and the password. */
  readonly url?: string;
  readonly database?: { readonly ask: DatabaseAsk; readonly password: string };
  readonly kind?: DatasetKind;
  readonly part?: string | null;
  readonly owner?: string | null;
  readonly dpia?: string;
  readonly badShare?: number;
}

/** Registers a source and queues its first load. Fails with `sources.…`; nothing is kept then. */
export async function addSource(session: Session, input: NewSource, house: House): Promise<{ source: Source; job: Job }> {
  const name = input.name.trim();
  const kind = input.kind ?? "snapshot";
  return session.perform(
    sourcesActions.add,
    { kind: "source", id: name.slice(0, 100), organisation: input.organisation },
    async (scope) => {
      if (name === "" || name.length > 100) throw sourcesError("no-name", {}, { name: "Write a name of 1 to 100 characters." });
      if (await findSource(scope.records, name, input.organisation))
        throw sourcesError("name-taken", { name }, { name: "Taken." });
      const { database } = input;
      const url = database ? databaseUrl(readDatabaseUrl(input.url ?? "")) : input.url;
      if (database) selectOf(database.ask);
      else if (url !== undefined) readUrl(url);
      else if (kind === "snapshot" && input.files.length !== 1) throw sourcesError("not-together", {});
      const landed = await takeInAll(input.files, input.part ?? null, house);
      const fileName = input.files[0]?.name ?? (database?.ask.kind === "table" ? database.ask.table : (url ?? ""));
      const facts = {
        ...input,
        ...(url === undefined ? {} : { url }),
        name,
        kind,
        fileName,
        pattern: patternOf(kind, input.files),
      };
      const source = await scope.transaction(async (records) => {
        const inserted = await insertSource(records, facts, house);
        if (database) {
          const sealedPassword = house.vault.seal(database.password, inserted.id);
          await insertDatabase(records, { sourceId: inserted.id, ask: database.ask, sealedPassword });
        }
        return inserted;
      });
      return { source, job: await queueLoad(session, source, landed, house) };
    },
  );
}

export interface SourceFacts extends Pick<NewSource, "name" | "organisation" | "owner" | "dpia" | "badShare" | "url"> {
  readonly kind: DatasetKind;
  readonly fileName: string;
  readonly part?: string | null;
  readonly pattern: string;
}

/** Enters a source, its dataset and its entry in the register. */
export async function insertSource(records: Records, facts: SourceFacts, house: House): Promise<Source> {
  const now = house.clock();
  const source: Source = {
    id: newId("src", now),
    organisation: facts.organisation,
    name: facts.name,
    fileName: basename(facts.fileName),
    datasetId: newId("dst", now),
    part: facts.part ?? "",
    pattern: facts.pattern,
    badShare: facts.badShare ?? 0.05,
    url: facts.url?.trim() ?? null,
    etag: null,
    lastModified: null,
    lastJob: null,
    createdAt: now,
    kit: null,
    keepQuarantine: null,
    acceptedShape: null,
  };
  const { organisation, name } = source;
  await house.lake.createDataset(records, { id: source.datasetId, organisation, name, kind: facts.kind });
  await insertEntry(records, {
    datasetId: source.datasetId,
    organisation,
    title: name,
    owner: facts.owner ?? null,
    dpia: facts.dpia?.trim() ?? "",
    createdAt: now,
  });
  await records
    .as<SourcesTables>()
    .insertInto("source")
    .values({
      id: source.id,
      organisation,
      name,
      file_name: source.fileName,
      dataset_id: source.datasetId,
      part: source.part,
      pattern: source.pattern,
      bad_share: source.badShare,
      url: source.url,
      last_job: null,
      created_at: now,
    })
    .execute();
  return source;
}

/** What is said of a source when it is loaded again; what is left out stays as it is. */
export interface AnswersFor {
  readonly owner?: string;
  readonly dpia?: string;
  readonly badShare?: number;
}

/**
 * Loads another file for a source that exists, as its next version, or adds files to one that grows. Fails as `addSource`
 * and with `sources.no-source`.
 */
export async function refreshSource(
  session: Session,
  idOrName: string,
  files: readonly IncomingFile[],
  house: House,
  answers: AnswersFor = {},
): Promise<{ source: Source; job: Job }> {
  const found = await findSource(house.store, idOrName, session.organisation);
  if (!found) throw sourcesError("no-source", { name: idOrName });
  return session.perform(
    sourcesActions.refresh,
    { kind: "source", id: found.id, organisation: found.organisation },
    async (scope) => {
      const dataset = await house.lake.findDataset(found.datasetId);
      const fetched = files.length === 0 && isFetched(found);
      if (!fetched && dataset?.kind !== "append" && files.length !== 1) throw sourcesError("not-together", {});
      const landed = await takeInAll(files, found.part === "" ? null : found.part, house);
      const { badShare = found.badShare, ...entry } = answers;
      if (Object.keys(answers).length > 0)
        await scope.transaction(async (records) => {
          await recordAnswers(records, found.datasetId, entry, changedBy(session, house));
          await records
            .as<SourcesTables>()
            .updateTable("source")
            .set({ bad_share: badShare })
            .where("id", "=", found.id)
            .execute();
        });
      const source = { ...found, badShare, fileName: basename(files[0]?.name ?? found.fileName) };
      return { source, job: await queueLoad(session, source, landed, house) };
    },
  );
}

/** Queues a load of files that are in the landing folder. */
export async function queueLoad(session: Session, source: Source, files: readonly IncomingTable[], house: House): Promise<Job> {
  const input: LoadJobInput = { source: source.id, files };
  const job = await house.jobs.queue(session, { kind: "sources.load", input, organisation: source.organisation });
  await house.store
    .as<SourcesTables>()
    .updateTable("source")
    .set({ last_job: job.id, file_name: source.fileName })
    .where("id", "=", source.id)
    .execute();
  return job;
}

function patternOf(kind: DatasetKind, files: readonly IncomingFile[]): string {
  if (kind === "snapshot") return "";
  const patterns = new Set(files.map(({ name }) => namePattern(name)));
  return patterns.size === 1 ? ([...patterns][0] ?? "") : "";
}

async function takeInAll(files: readonly IncomingFile[], part: string | null, house: House): Promise<readonly IncomingTable[]> {
  const landed: IncomingTable[] = [];
  const wrong = files.find(({ name }) => holdsNoTable(name));
  if (wrong) throw sourcesError("unknown-format", { name: basename(wrong.name) }, { file: "Choose a file with a table in it." });
  try {
    for (const file of files) landed.push({ landing: await takeIn(file, house), fileName: basename(file.name), part });
    return landed;
  } catch (error) {
    for (const { landing } of landed) await rm(join(house.folder.landing, landing), { force: true });
    throw error;
  }
}

/** Puts a file into the landing folder under a name of the hub's own. Fails with `sources.no-file` or `engine.no-space`. */
export async function takeIn(file: IncomingFile, house: House): Promise<string> {
  const landing = newId("land", house.clock());
  const target = join(house.folder.landing, landing);
  if (!existsSync(file.path) || !statSync(file.path).isFile())
    throw sourcesError("no-file", { path: file.keep ? file.path : file.name });
  if (!file.keep) {
    await rename(file.path, target);
    return landing;
  }
  try {
    await copyFile(file.path, target, constants.COPYFILE_FICLONE);
  } catch (error) {
    await rm(target, { force: true });
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EACCES") throw sourcesError("no-file", { path: file.name });
    throw ["ENOSPC", "EFBIG", "EDQUOT", "EROFS"].includes(String(code)) ? engineError("no-space", {}) : error;
  }
  return landing;
}
