import type { Granted, JobKind, JobRequest, Scope } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { QueryResult } from "../../engine/index.ts";
import { ident, join, sql, type Fragment, type Stage } from "../../sql/index.ts";
import type { Records } from "../../store/index.ts";
import {
  blockedPairsStage,
  comparisonStage,
  cutGroupsStage,
  scoreStage,
  stableIds,
  unionFind,
  type Edge,
  type Entity,
  type EntityChange,
} from "../linkage/index.ts";
import { registryActions } from "./actions.ts";
import { registryError } from "./errors.ts";
import { personRecords } from "./person-records.ts";
import {
  findProject,
  linkedVersions,
  type LinkProject,
  type RecordKey,
  type RegistryTables,
  type ReviewPair,
  type RunReport,
} from "./store.ts";

const maxGroup = 1000;
const maxCluster = 50;
const maxPairs = 1_000_000;
const maxRecords = 5_000_000;
const keptReview = 5000;

interface ScoredEdge extends Edge {
  readonly band: "link" | "review";
}

/** Links the records of a project's datasets: blocks, compares, scores, joins, and gives each person a lasting id. */
export const linkJob: JobKind = {
  kind: "registry.link",
  label: "Run a link project",
  run: async (request) => {
    const { project: id } = request.job.input as { project: string };
    const project = await findProject(request.house.store, id);
    if (!project) throw registryError("no-project", {});
    return request.session.perform(
      registryActions.run,
      { kind: "link-project", id, organisation: project.organisation },
      (scope) => runLink(project, request, scope),
    );
  },
};

async function runLink(project: LinkProject, request: JobRequest, scope: Scope): Promise<{ entities: number }> {
  const { house, process, signal } = request;
  const startedAt = house.clock();
  const step = (name: string, done: number) => request.progress({ step: name, done, total: 4, unit: "steps" });
  step("Reading the records", 0);
  const { stage: people, granted } = await personRecords(scope, project);
  const ask = async (statement: Stage | Fragment, maxRows: number) =>
    (await scope.queryOn(process, statement, { maxRows, signal })).rows;
  const records = (
    await ask(
      sql`SELECT record_id, nhs_number, (nhs_number IS NULL AND dob IS NULL AND (postcode IS NULL OR surname IS NULL)) FROM ${people} ORDER BY record_id`,
      maxRecords,
    )
  ).map(([recordId, nhsNumber, unlinkable]) => ({
    recordId: String(recordId),
    nhsNumber: nhsNumber === null ? null : String(nhsNumber),
    unlinkable: unlinkable === true,
  }));
  step("Comparing pairs", 1);
  const scores = scoreStage(comparisonStage(people, blockedPairsStage(people, maxGroup)));
  const counts = new Map(
    (await ask(sql`SELECT band, count(*) FROM ${scores} GROUP BY ALL`, 10)).map(([band, count]) => [String(band), Number(count)]),
  );
  const worth = (counts.get("link") ?? 0) + (counts.get("review") ?? 0);
  if (worth > maxPairs) throw registryError("too-many-pairs", { limit: maxPairs });
  const edges = (await ask(sql`SELECT left_id, right_id, weight, band FROM ${scores} WHERE band <> 'reject'`, maxPairs)).map(
    ([left, right, weight, band]): ScoredEdge => ({
      left: String(left),
      right: String(right),
      weight: Number(weight),
      band: band === "link" ? "link" : "review",
    }),
  );
  const cut = (await ask(cutGroupsStage(people, maxGroup), 10)).map(([, label, keys, held, pairs]) => ({
    rule: String(label),
    keys: Number(keys),
    records: Number(held),
    pairs: Number(pairs),
  }));
  step("Joining records", 2);
  const { clusters, refused } = unionFind(
    records,
    edges.filter(({ band }) => band === "link"),
    maxCluster,
  );
  const previous = await renumber(await readEntities(house.store, project.id), scope, project, granted, ask);
  const named = stableIds(previous, clusters, () => newId("ent", house.clock()));
  step("Keeping the result", 3);
  const report: RunReport = {
    records: granted.map(({ dataset, version }) => {
      const own = records.filter(({ recordId }) => recordId.startsWith(`${dataset.id}:`));
      return {
        dataset: dataset.id,
        version: version.number,
        records: own.length,
        unlinkable: own.filter(({ unlinkable }) => unlinkable).length,
      };
    }),
    compared: [...counts.values()].reduce((sum, count) => sum + count, 0),
    linked: counts.get("link") ?? 0,
    review: counts.get("review") ?? 0,
    refused: {
      size: refused.filter(({ reason }) => reason === "size").length,
      nhs: refused.filter(({ reason }) => reason === "nhs").length,
    },
    entities: named.entities.length,
    joined: named.entities.filter(({ records: held }) => held.length > 1).length,
    cut,
    changes: countChanges(named.history),
    seconds: (house.clock() - startedAt) / 1000,
  };
  const review: ReviewPair[] = [
    ...refused.map(({ left, right, weight, reason }) => ({ left: keyOf(left), right: keyOf(right), weight, why: reason })),
    ...edges
      .filter(({ band }) => band === "review")
      .map(({ left, right, weight }) => ({ left: keyOf(left), right: keyOf(right), weight, why: "review" as const })),
  ];
  await scope.transaction((transaction) =>
    keepRun(transaction, project.id, {
      at: house.clock(),
      entities: named.entities,
      report,
      review: review.slice(0, keptReview),
    }),
  );
  return { entities: named.entities.length };
}

/**
 * The entities of the last run with their records numbered as in the versions linked now. Numbers mean nothing from one
 * version to the next, so where a dataset has a newer version, a record is the earlier one that says the same of its person.
 */
async function renumber(
  entities: readonly Entity[],
  scope: Scope,
  project: LinkProject,
  granted: readonly Granted[],
  ask: (statement: Fragment, maxRows: number) => Promise<QueryResult["rows"]>,
): Promise<readonly Entity[]> {
  const before = await linkedVersions(scope.records, project.id);
  const now = new Map(granted.map(({ dataset, version }) => [dataset.id, version.number]));
  const changed = new Map([...before].filter(([dataset, version]) => now.has(dataset) && now.get(dataset) !== version));
  if (changed.size === 0) return entities;
  const then = await personRecords(scope, project, { name: "records_then", versions: changed });
  const since = await personRecords(scope, project, {
    name: "records_since",
    versions: new Map([...now].filter(([dataset]) => changed.has(dataset))),
  });
  const fields = ["forename", "surname", "dob", "postcode", "nhs_number", "uprn", "sex"].map(ident);
  const numbered = ({ stage: people }: { stage: Stage }) =>
    sql`SELECT *, row_number() OVER (PARTITION BY source, ${join(fields, ", ")} ORDER BY record_id) AS turn FROM ${people} WHERE surname IS NOT NULL OR dob IS NOT NULL OR nhs_number IS NOT NULL`;
  const same = join(
    fields.map((field) => sql`one.${field} IS NOT DISTINCT FROM other.${field}`),
    " AND ",
  );
  const pairs = await ask(
    sql`SELECT one.record_id, other.record_id FROM (${numbered(then)}) one JOIN (${numbered(since)}) other ON one.source = other.source AND one.turn = other.turn AND ${same}`,
    maxRecords,
  );
  const moved = new Map(pairs.map(([from, to]) => [String(from), String(to)]));
  return entities.map(({ id, records }) => ({
    id,
    records: records.flatMap((record) => (changed.has(keyOf(record).dataset) ? (moved.get(record) ?? []) : record)),
  }));
}

async function readEntities(records: Records, project: string): Promise<readonly Entity[]> {
  const rows = await records
    .as<RegistryTables>()
    .selectFrom("entity_record")
    .selectAll()
    .where("project_id", "=", project)
    .execute();
  return [...Map.groupBy(rows, (row) => row.entity_id)].map(([id, held]) => ({
    id,
    records: held.map((row) => `${row.dataset_id}:${row.record_no}`),
  }));
}

async function keepRun(
  records: Records,
  project: string,
  run: { at: number; entities: readonly Entity[]; report: RunReport; review: readonly ReviewPair[] },
): Promise<void> {
  const db = records.as<RegistryTables>();
  await db.deleteFrom("entity_record").where("project_id", "=", project).execute();
  await db.deleteFrom("review_pair").where("project_id", "=", project).execute();
  for (const entity of run.entities) {
    for (const id of entity.records) {
      const { dataset, record } = keyOf(id);
      await db
        .insertInto("entity_record")
        .values({ project_id: project, dataset_id: dataset, record_no: record, entity_id: entity.id })
        .execute();
    }
  }
  for (const { left, right, weight, why } of run.review) {
    await db
      .insertInto("review_pair")
      .values({
        project_id: project,
        left_dataset: left.dataset,
        left_record: left.record,
        right_dataset: right.dataset,
        right_record: right.record,
        weight,
        why,
      })
      .execute();
  }
  await db
    .insertInto("link_run")
    .values({ id: newId("run", run.at), project_id: project, at: run.at, report: JSON.stringify(run.report) })
    .execute();
}

export function keyOf(recordId: string): RecordKey {
  const at = recordId.lastIndexOf(":");
  return { dataset: recordId.slice(0, at), record: Number(recordId.slice(at + 1)) };
}

function countChanges(history: readonly EntityChange[]): RunReport["changes"] {
  const of = (kind: EntityChange["kind"]) => history.filter((change) => change.kind === kind).length;
  return { kept: of("kept"), fresh: of("new"), merged: of("merged"), split: of("split"), gone: of("gone") };
}
