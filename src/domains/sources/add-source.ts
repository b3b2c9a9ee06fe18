import { constants, existsSync, statSync } from "node:fs";
import { copyFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import { engineError } from "../../engine/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Job } from "../../store/index.ts";
import { insertEntry, recordAnswers } from "../catalogue/index.ts";
import { fileFormat, type FileFormat } from "./core/file-format.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { findSource, type Source, type SourcesTables } from "./store.ts";

export interface IncomingFile {
  readonly name: string;
  readonly path: string;
  /** An upload is the hub's own copy and is moved; a file named on the command line stays where it is. */
  readonly keep: boolean;
}

export interface NewSource {
  readonly name: string;
  readonly organisation: string;
  readonly file: IncomingFile;
  readonly owner?: string | null;
  readonly dpia?: string;
}

/**
 * Registers a source and queues its first load. Fails with `sources.no-name`, `sources.name-taken`,
 * `sources.no-file` or `sources.unknown-format`; nothing is kept then.
 */
export async function addSource(session: Session, input: NewSource, house: House): Promise<{ source: Source; job: Job }> {
  const name = input.name.trim();
  return session.perform(
    sourcesActions.add,
    { kind: "source", id: name.slice(0, 100), organisation: input.organisation },
    async (scope) => {
      if (name === "" || name.length > 100) throw sourcesError("no-name", {}, { name: "Write a name of 1 to 100 characters." });
      if (await findSource(scope.records, name, input.organisation))
        throw sourcesError("name-taken", { name }, { name: "Taken." });
      const format = formatOf(input.file.name);
      const landing = await takeIn(input.file, house);
      const now = house.clock();
      const source: Source = {
        id: newId("src", now),
        organisation: input.organisation,
        name,
        fileName: basename(input.file.name),
        format,
        datasetId: newId("dst", now),
        lastJob: null,
        createdAt: now,
      };
      await scope.transaction(async (records) => {
        await house.lake.createDataset(records, { id: source.datasetId, organisation: source.organisation, name });
        await insertEntry(records, {
          datasetId: source.datasetId,
          organisation: source.organisation,
          title: name,
          owner: input.owner ?? null,
          dpia: input.dpia?.trim() ?? "",
          createdAt: now,
        });
        await records
          .as<SourcesTables>()
          .insertInto("source")
          .values({
            id: source.id,
            organisation: source.organisation,
            name,
            file_name: source.fileName,
            format,
            dataset_id: source.datasetId,
            last_job: null,
            created_at: now,
          })
          .execute();
      });
      return { source, job: await queueLoad(session, source, { landing, fileName: source.fileName, format }, house) };
    },
  );
}

/** Who answers for a source and under which assessment; what is left out stays as it is. */
export interface AnswersFor {
  readonly owner?: string;
  readonly dpia?: string;
}

/** Loads another file for a source that exists, as its next version. Fails as `addSource` and with `sources.no-source`. */
export async function refreshSource(
  session: Session,
  idOrName: string,
  file: IncomingFile,
  house: House,
  answers: AnswersFor = {},
): Promise<{ source: Source; job: Job }> {
  const source = await findSource(house.store, idOrName, session.organisation);
  if (!source) throw sourcesError("no-source", { name: idOrName });
  return session.perform(
    sourcesActions.refresh,
    { kind: "source", id: source.id, organisation: source.organisation },
    async (scope) => {
      const format = formatOf(file.name);
      const landing = await takeIn(file, house);
      if (answers.owner !== undefined || answers.dpia !== undefined)
        await scope.transaction((records) => recordAnswers(records, source.datasetId, answers));
      return { source, job: await queueLoad(session, source, { landing, fileName: basename(file.name), format }, house) };
    },
  );
}

export interface LoadJobInput {
  readonly source: string;
  readonly landing: string;
  readonly fileName: string;
  readonly format: FileFormat;
}

async function queueLoad(session: Session, source: Source, file: Omit<LoadJobInput, "source">, house: House): Promise<Job> {
  const input: LoadJobInput = { source: source.id, ...file };
  const job = await house.jobs.queue(session, { kind: "sources.load", input, organisation: source.organisation });
  await house.store
    .as<SourcesTables>()
    .updateTable("source")
    .set({ last_job: job.id, file_name: file.fileName, format: file.format })
    .where("id", "=", source.id)
    .execute();
  return job;
}

async function takeIn(file: IncomingFile, house: House): Promise<string> {
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

function formatOf(name: string): FileFormat {
  const format = fileFormat(name);
  if (format) return format;
  throw sourcesError("unknown-format", { name: basename(name) }, { file: "Choose a .csv, .tsv, .txt, .ndjson or .jsonl file." });
}
