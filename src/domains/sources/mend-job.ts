import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { House, JobKind, JobRequest } from "../../access/index.ts";
import type { Job } from "../../store/index.ts";
import { changedBy, describeVersion } from "../catalogue/index.ts";
import { namesOf } from "../people/index.ts";
import { sourcesActions } from "./actions.ts";
import { loadLimits } from "./core/describe-file.ts";
import { sourcesError } from "./errors.ts";
import { kitOfLoad } from "./kit-of-load.ts";
import { checkMends, layoutsOf, mendKind, readMends, type CheckedMend, type CheckedMends, type MendInput } from "./mend.ts";
import { numberedSince } from "./numbered-since.ts";
import { soundFiles } from "./sound-files.ts";
import { closeSent } from "./sent-store.ts";
import { recordKit } from "./store.ts";

export interface MendResult {
  readonly version: number;
  readonly mended: number;
}

/** Makes a new version of mended records. What they are was checked when they were sent, and is again. */
export const mendJob: JobKind = {
  kind: mendKind,
  label: "Read mended records",
  run: async (request): Promise<MendResult> => {
    const { job, session, house } = request;
    const { source: id, version, landing } = job.input as MendInput;
    const mends = await readMends(join(house.folder.landing, landing)).catch(() => {
      throw sourcesError("no-file", { path: "the mended records" });
    });
    const found = await checkMends(session, id, { version, mends }, house);
    const result = await session.perform(
      sourcesActions.mend,
      { kind: "source", id, organisation: found.source.organisation },
      async (scope) => mendVersion(found, request, (records) => scope.noteIn(records)),
    );
    await discard(job, house);
    await house.jobs.queue(session, {
      kind: "sources.type",
      input: { dataset: found.source.datasetId },
      organisation: found.source.organisation,
    });
    return result;
  },
  discard,
};

async function discard(job: Job, house: House): Promise<void> {
  await rm(join(house.folder.landing, (job.input as MendInput).landing), { force: true });
}

type Note = Parameters<Parameters<JobRequest["house"]["lake"]["commitMended"]>[1]>[0];

async function mendVersion(
  { source, version, checked }: CheckedMends,
  request: JobRequest,
  note: (records: Note) => Promise<void>,
): Promise<MendResult> {
  const { house, process, signal, session } = request;
  const sound = checked.filter((mend): mend is CheckedMend & { state: "reads" } => mend.state === "reads");
  if (sound.length === 0) throw sourcesError("nothing-mended", {});
  const layouts = await layoutsOf(version, house);
  const records = sound.map(({ record, cells }) => {
    const layout = layouts.find(({ firstRecord }) => firstRecord <= record)?.layout;
    const values = new Map<number, string>();
    for (const [at, number] of (layout?.columns ?? []).entries())
      values.set(number, cells[at]?.value ?? layout?.added[at - cells.length] ?? "");
    return { record, fields: version.columns.map(({ number }) => values.get(number) ?? "") };
  });
  const text = house.lake.newFile(source.datasetId);
  const held = await soundFiles(version, "quarantine", request);
  const quarantines = held.map((path) => ({
    path,
    old: relative(house.lake.folder, path),
    ...house.lake.newFile(source.datasetId),
  }));
  const written = [text.part, ...quarantines.map(({ part }) => part)];
  try {
    const output = await process.run(
      "mend",
      {
        records,
        columns: version.columns,
        textPath: text.part,
        quarantines: quarantines.map(({ path, part }) => ({ path, target: part })),
        scratch: house.folder.temporary,
      },
      { signal },
    );
    if (output.removed !== records.length) throw sourcesError("mended-elsewhere", {});
    const textPaths = [...(await soundFiles(version, "text", request)), text.part];
    const { columns } = version;
    const profile = await process.run("profile", { textPaths, columns, ...loadLimits }, { signal, onProgress: request.progress });
    const kit = await kitOfLoad({ source, fileName: source.fileName, columns, textPaths, profile }, request);
    const { by } = changedBy(session, house);
    const name = by === null ? "the operator" : ((await namesOf(house.store, [by])).get(by) ?? "somebody");
    const notes = [`${records.length === 1 ? "1 record was" : `${records.length} records were`} mended by ${name} and read.`];
    const since = await numberedSince(version, house);
    const made = await house.lake.commitMended({ version, notes, output, text, quarantines }, async (store) => {
      await describeVersion(store, source.datasetId, profile.columns, kit.types);
      await recordKit(store, source.id, kit.found);
      await closeSent(
        store,
        since,
        records.map(({ record }) => record),
        changedBy(session, house),
      );
      await note(store);
    });
    return { version: made.number, mended: records.length };
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}
