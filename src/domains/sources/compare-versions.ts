import type { House, JobKind, JobRequest, Session } from "../../access/index.ts";
import type { CompareOutput, Version } from "../../engine/index.ts";
import type { Job } from "../../store/index.ts";
import { listFields } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { soundFiles } from "./sound-files.ts";
import { findSource, findChange, insertChange, type VersionChange } from "./store.ts";

interface CompareJobInput {
  readonly dataset: string;
  readonly from: number;
  readonly to: number;
}

/** Queues the comparison of two versions of a source. Fails with `sources.no-source` or `sources.no-version`. */
export async function compareSource(
  session: Session,
  idOrName: string,
  versions: { readonly from: number; readonly to: number },
  house: House,
): Promise<Job> {
  const source = await findSource(house.store, idOrName, session.organisation);
  if (!source) throw sourcesError("no-source", { name: idOrName });
  return session.perform(
    sourcesActions.compare,
    { kind: "source", id: source.id, organisation: source.organisation },
    async () => {
      for (const number of [versions.from, versions.to])
        if (!(await house.lake.findVersion(source.datasetId, number)))
          throw sourcesError("no-version", { name: source.name, number });
      const input: CompareJobInput = { dataset: source.datasetId, ...versions };
      return house.jobs.queue(session, { kind: "sources.compare", input, organisation: source.organisation });
    },
  );
}

export const compareJob: JobKind = {
  kind: "sources.compare",
  label: "Compare two versions",
  run: async (request) => {
    const { dataset, from, to } = request.job.input as CompareJobInput;
    return request.session.perform(
      sourcesActions.compare,
      { kind: "dataset", id: dataset, organisation: request.job.organisation },
      async () => {
        const [before, after] = [
          await request.house.lake.findVersion(dataset, from),
          await request.house.lake.findVersion(dataset, to),
        ];
        if (!before || !after) throw sourcesError("no-version", { name: dataset, number: before ? to : from });
        return recordChange(before, after, request);
      },
    );
  },
};

/** What changed between two versions, worked out once and kept. */
export async function recordChange(before: Version, after: Version, request: JobRequest): Promise<VersionChange> {
  const { house, process, signal } = request;
  const held = await findChange(house.store, after.datasetId, before.number, after.number);
  if (held) return held;
  const textOf = async (version: Version) => ({
    paths: await soundFiles(version, "text", request),
    lastRecord: version.lastRecord,
  });
  const columns = before.columns
    .map(({ number }) => number)
    .filter((number) => after.columns.some((column) => column.number === number));
  const compared: CompareOutput = await process.run(
    "compare",
    { before: await textOf(before), after: await textOf(after), columns, keys: await likelyKeys(after, columns, house) },
    { signal },
  );
  const key = after.columns.find(({ number }) => number === compared.key)?.header ?? null;
  const { added, gone, changed } = compared;
  const change = { datasetId: after.datasetId, from: before.number, to: after.number, added, gone, changed, key };
  await insertChange(house.store, change, house.clock());
  return change;
}

const mostKeys = 5;

/** Columns that are filled throughout and nearly all different, those that are called keys first. */
async function likelyKeys(version: Version, columns: readonly number[], house: House): Promise<readonly number[]> {
  const fields = await listFields(house.store, version.datasetId);
  return fields
    .filter(
      ({ number, nulls, distinct }) =>
        columns.includes(number) && nulls === 0 && distinct >= Math.min(version.rows, 100_000) * 0.9,
    )
    .toSorted(
      (left, right) => Number(right.type === "record_id") - Number(left.type === "record_id") || left.number - right.number,
    )
    .slice(0, mostKeys)
    .map(({ number }) => number);
}
