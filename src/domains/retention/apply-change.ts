import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { House, JobKind, JobRequest, Scope } from "../../access/index.ts";
import type { RewrittenSegment } from "../../engine/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { listFields } from "../catalogue/index.ts";
import { retentionActions } from "./actions.ts";
import { retentionError } from "./errors.ts";
import { findChange, moveChange, type ChangeResult, type DataChange } from "./store.ts";

/**
 * Erases or corrects what was decided, in every version of the dataset: segments are written again, the old bytes are gone
 * when the job ends, and what was derived from erased records goes with them. A crash leaves all as it was, or done.
 */
export const applyJob: JobKind = {
  kind: "retention.apply",
  label: "Erase or correct data",
  run: async (request) => {
    const { change: id } = request.job.input as { change: string };
    const change = await findChange(request.house.store, id);
    if (!change) throw retentionError("no-change", {});
    return request.session.perform(
      retentionActions.apply,
      { kind: "data-change", id, organisation: change.organisation },
      (scope) => apply(change, request, scope),
    );
  },
  // what was not carried out waits for a decision again: nobody's request is lost, and no values are kept for ever
  discard: async (job, house) => {
    const change = await findChange(house.store, (job.input as { change: string }).change);
    if (change?.state === "approved")
      await house.store.transaction((records) =>
        moveChange(records, change, { state: "asked", decidedBy: null, decidedAt: null }),
      );
  },
};

async function apply(change: DataChange, request: JobRequest, scope: Scope): Promise<ChangeResult> {
  const { house } = request;
  if (change.state === "done" && change.result) return change.result;
  const { rewritten, rows, quarantined } = await rewriteAll(change, request);
  const found = { rows, quarantined, notSearched: await notSearched(change, house), toTell: toTell(change, house) };
  let result: ChangeResult | undefined;
  try {
    for (const { file, part } of rewritten) await house.lake.publish({ file, part });
    result = await scope.transaction(async (records) => {
      const { datasetId, id: reference } = change;
      const redacted = await house.lake.redact(records, { datasetId, reference, segments: rewritten });
      if (change.kind === "erase")
        for (const { contributes } of house.modules) await contributes?.erased?.(records, datasetId, redacted);
      const done: ChangeResult = { ...found, versions: [...redacted.keys()].toSorted((one, other) => one - other) };
      await moveChange(records, change, { state: "done", result: done });
      return done;
    });
  } catch (error) {
    for (const { file, part } of rewritten)
      for (const path of [part, join(house.lake.folder, file)]) await rm(path, { force: true });
    throw error;
  }
  await house.lake.removeUnnamed(change.datasetId);
  house.store.forgetDeleted();
  await house.jobs.queue(request.session, {
    kind: "sources.type",
    input: { dataset: change.datasetId },
    organisation: change.organisation,
  });
  return result;
}

type Written = RewrittenSegment & { readonly part: string };

async function rewriteAll(
  change: DataChange,
  { house, process, signal, progress }: JobRequest,
): Promise<{ rewritten: readonly Written[]; rows: number; quarantined: number }> {
  const fields = await listFields(house.store, change.datasetId);
  const match = change.match.map(({ number, value }) => {
    const { type = "text", reading } = fields.find((field) => field.number === number) ?? {};
    return { number, value, type, dates: reading?.dates ?? null };
  });
  // a record that could not be read is looked for by the values themselves, as given and in their normal form
  const needles = [...new Set(match.flatMap(({ value, type }) => [value.trim(), getType(type).parse(value) ?? value.trim()]))];
  const segments = await house.lake.listSegments(change.datasetId);
  const rewritten: Written[] = [];
  let [rows, quarantined] = [0, 0];
  try {
    for (const [at, { file: old, layer, columns }] of segments.entries()) {
      progress({ step: "Writing the versions again", done: at, total: segments.length, unit: "steps" });
      if (layer === "quarantine" && change.kind === "correct") continue;
      if (layer === "text" && !match.every(({ number }) => columns.includes(number))) continue;
      const path = join(house.lake.folder, old);
      await house.lake.verifyFiles([path], async (file) => (await process.run("hash", { path: file }, { signal })).sha256);
      const target = house.lake.newFile(change.datasetId);
      const set = change.kind === "correct" ? change.set.filter(({ number }) => columns.includes(number)) : null;
      const { records, file: facts } = await process.run(
        "rewrite",
        { path, layer, match, needles, set, target: target.part },
        { signal },
      );
      if (!facts) continue;
      if (layer === "text") rows += records.length;
      else quarantined += records.length;
      rewritten.push({ ...target, old, layer, facts, removed: change.kind === "erase" ? records : [] });
    }
  } catch (error) {
    for (const { part } of rewritten) await rm(part, { force: true });
    throw error;
  }
  return { rewritten, rows, quarantined };
}

async function notSearched(change: DataChange, house: House): Promise<readonly number[]> {
  const versions = await house.lake.listVersions(change.datasetId);
  return versions
    .filter(({ columns }) => !change.match.every(({ number }) => columns.some((column) => column.number === number)))
    .map(({ number }) => number)
    .toSorted((one, other) => one - other);
}

const mostUses = 100_000;

/** Organisations beside the owner that used the dataset, as the record of use has it. */
function toTell({ datasetId, organisation }: DataChange, house: House): readonly string[] {
  const uses = house.audit.search({ dataset: datasetId, outcome: "done", limit: mostUses });
  const others = uses.flatMap(({ entry }) =>
    entry.organisation === null || entry.organisation === organisation ? [] : [entry.organisation],
  );
  return [...new Set(others)].toSorted();
}
