import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { House, JobKind, JobRequest, Loop, Session } from "../../access/index.ts";
import type { RewrittenSegment, Version } from "../../engine/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import type { Records } from "../../store/index.ts";
import { listJobs } from "../../store/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { soundFiles } from "./sound-files.ts";
import { findSource, listSourceRows, type Source, type SourcesTables } from "./store.ts";

const letGoKind = "sources.let-go";
const day = 86_400_000;
export const mostDays = 3650;

interface LetGoInput {
  readonly source: string;
}

/** Looks each hour for quarantined records that are kept no longer. */
export const letGoLoop: Loop = { name: "sources.let-go", everySeconds: 3600, turn: turnLetGo };

/** Says for how many days the bytes of quarantined records are kept; null for as long as their version. Fails with `sources.no-days`. */
export async function setKeeping(session: Session, idOrName: string, days: number | null, house: House): Promise<Source> {
  const source = await findSource(house.store, idOrName, session.organisation);
  if (!source) throw sourcesError("no-source", { name: idOrName });
  return session.perform(sourcesActions.keep, { kind: "source", id: source.id, organisation: source.organisation }, (scope) =>
    scope.transaction(async (records) => {
      if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= mostDays))
        throw sourcesError("no-days", { most: mostDays }, { days: `A whole number from 1 to ${mostDays}.` });
      await records
        .as<SourcesTables>()
        .updateTable("source")
        .set({ keep_quarantine: days })
        .where("id", "=", source.id)
        .execute();
      return { ...source, keepQuarantine: days };
    }),
  );
}

/** When the bytes of a version's quarantined records go, or went; null for as long as it. */
export async function keptUntil(
  { keepQuarantine }: Source,
  version: Version,
  house: House,
): Promise<{ readonly at: number; readonly gone: boolean } | null> {
  const [gone] = await letGoOf(house.store, version.datasetId, version.id);
  if (gone) return { at: gone.at, gone: true };
  return keepQuarantine === null ? null : { at: version.committedAt + keepQuarantine * day, gone: false };
}

/** Queues the work for each source that has some and has none queued. */
export async function turnLetGo(house: House): Promise<void> {
  const open = await listJobs(house.store, { kind: letGoKind, states: ["queued", "running"], limit: 1000 });
  const busy = new Set(open.map(({ input }) => (input as LetGoInput).source));
  for (const source of await listSourceRows(house.store, null)) {
    if (source.keepQuarantine === null || busy.has(source.id) || (await dueOf(source, house)).length === 0) continue;
    const input: LetGoInput = { source: source.id };
    await house.jobs.queue(house.gate.operatorSession(), { kind: letGoKind, input, organisation: source.organisation });
  }
}

export const letGoJob: JobKind = {
  kind: letGoKind,
  label: "Let quarantined records go",
  run: async (request): Promise<{ versions: readonly number[] }> => {
    const { job, session, house } = request;
    const source = await findSource(house.store, (job.input as LetGoInput).source, null);
    const due = source ? await dueOf(source, house) : [];
    if (!source || due.length === 0) return { versions: [] };
    const target = { kind: "source", id: source.id, organisation: source.organisation };
    await session.perform(sourcesActions.letGo, target, async (scope) => {
      const written = await writeWithout(due, request);
      try {
        for (const { file, part } of written) await house.lake.publish({ file, part });
        await scope.transaction(async (records) => {
          await house.lake.replaceEach(records, written);
          const rows = due.map(({ id, datasetId }) => ({ version_id: id, dataset_id: datasetId, at: house.clock() }));
          await records.as<SourcesTables>().insertInto("quarantine_let_go").values(rows).execute();
        });
      } catch (error) {
        for (const { file, part } of written)
          for (const path of [part, join(house.lake.folder, file)]) await rm(path, { force: true });
        throw error;
      }
      await house.lake.removeUnnamed(source.datasetId);
    });
    return { versions: due.map(({ number }) => number) };
  },
};

/** Each quarantine of these versions once more, without the bytes of its records: number, place and reasons stay. */
async function writeWithout(
  due: readonly Version[],
  request: JobRequest,
): Promise<readonly (RewrittenSegment & { readonly part: string })[]> {
  const { house, process, signal } = request;
  const paths = new Map<string, Version>();
  for (const version of due) for (const path of await soundFiles(version, "quarantine", request)) paths.set(path, version);
  const written: (RewrittenSegment & { readonly part: string })[] = [];
  try {
    for (const [path, { datasetId }] of paths) {
      const target = house.lake.newFile(datasetId);
      const note = `Its bytes were let go on ${formatInstant(house.clock())}.`;
      const facts = await process.run("let-go", { path, target: target.part, note }, { signal });
      written.push({ ...target, old: relative(house.lake.folder, path), layer: "quarantine", facts, removed: [] });
    }
  } catch (error) {
    for (const { part } of written) await rm(part, { force: true });
    throw error;
  }
  return written;
}

async function dueOf({ datasetId, keepQuarantine }: Source, house: House): Promise<readonly Version[]> {
  if (keepQuarantine === null) return [];
  const gone = new Set((await letGoOf(house.store, datasetId)).map((row) => row.version_id));
  const before = house.clock() - keepQuarantine * day;
  const versions = await house.lake.listVersions(datasetId);
  return versions.filter(({ id, quarantined, committedAt }) => quarantined > 0 && committedAt <= before && !gone.has(id));
}

async function letGoOf(records: Records, datasetId: string, version?: string) {
  let query = records.as<SourcesTables>().selectFrom("quarantine_let_go").selectAll().where("dataset_id", "=", datasetId);
  if (version !== undefined) query = query.where("version_id", "=", version);
  return query.execute();
}
