import type { Kysely } from "kysely";
import type { Purpose } from "../../access/index.ts";
import type { PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";

/** Named sources, one purpose, one agreement, an impact assessment and an owner: what may be linked, and why. */
export interface LinkProject {
  readonly id: string;
  readonly organisation: string;
  readonly title: string;
  readonly purpose: Purpose;
  readonly agreement: string;
  readonly dpia: string;
  readonly owner: string;
  readonly datasets: readonly string[];
  readonly createdAt: number;
}

export interface RunReport {
  readonly records: readonly {
    readonly dataset: string;
    readonly version: number;
    readonly records: number;
    readonly unlinkable: number;
  }[];
  readonly compared: number;
  readonly linked: number;
  readonly review: number;
  readonly refused: { readonly size: number; readonly nhs: number };
  readonly entities: number;
  readonly joined: number;
  readonly cut: readonly { readonly rule: string; readonly keys: number; readonly records: number; readonly pairs: number }[];
  readonly changes: {
    readonly kept: number;
    readonly fresh: number;
    readonly merged: number;
    readonly split: number;
    readonly gone: number;
  };
  readonly seconds: number;
}

export interface LinkRun {
  readonly id: string;
  readonly project: string;
  readonly at: number;
  readonly report: RunReport;
}

/** A pair that a person should look at: between the thresholds, or kept apart by a guard. */
export interface ReviewPair {
  readonly left: RecordKey;
  readonly right: RecordKey;
  readonly weight: number;
  readonly why: "review" | "size" | "nhs";
}

export interface RecordKey {
  readonly dataset: string;
  readonly record: number;
}

export interface RegistryTables {
  link_project: {
    id: string;
    organisation: string;
    title: string;
    purpose: Purpose;
    agreement_id: string;
    dpia: string;
    owner: string;
    datasets: string;
    last_job: string | null;
    created_at: number;
  };
  link_run: { id: string; project_id: string; at: number; report: string };
  entity_record: { project_id: string; dataset_id: string; record_no: number; entity_id: string };
  review_pair: {
    project_id: string;
    left_dataset: string;
    left_record: number;
    right_dataset: string;
    right_record: number;
    weight: number;
    why: ReviewPair["why"];
  };
}

export const registryMigrations: Migrations = {
  domain: "registry",
  steps: {
    "001-registry": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("link_project")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("purpose", "text", (column) => column.notNull())
        .addColumn("agreement_id", "text", (column) => column.notNull())
        .addColumn("dpia", "text", (column) => column.notNull())
        .addColumn("owner", "text", (column) => column.notNull())
        .addColumn("datasets", "text", (column) => column.notNull())
        .addColumn("last_job", "text")
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("link_run")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("project_id", "text", (column) => column.notNull().references("link_project.id"))
        .addColumn("at", "integer", (column) => column.notNull())
        .addColumn("report", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("entity_record")
        .addColumn("project_id", "text", (column) => column.notNull().references("link_project.id"))
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("record_no", "integer", (column) => column.notNull())
        .addColumn("entity_id", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("entity_record_key", ["project_id", "dataset_id", "record_no"])
        .execute();
      await db.schema.createIndex("entity_record_entity").on("entity_record").columns(["project_id", "entity_id"]).execute();
      await db.schema
        .createTable("review_pair")
        .addColumn("project_id", "text", (column) => column.notNull().references("link_project.id"))
        .addColumn("left_dataset", "text", (column) => column.notNull())
        .addColumn("left_record", "integer", (column) => column.notNull())
        .addColumn("right_dataset", "text", (column) => column.notNull())
        .addColumn("right_record", "integer", (column) => column.notNull())
        .addColumn("weight", "real", (column) => column.notNull())
        .addColumn("why", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("review_pair_key", [
          "project_id",
          "left_dataset",
          "left_record",
          "right_dataset",
          "right_record",
        ])
        .execute();
    },
  },
};

export async function findProject(
  records: Records,
  id: string,
): Promise<(LinkProject & { readonly lastJob: string | null }) | undefined> {
  const row = await records.as<RegistryTables>().selectFrom("link_project").selectAll().where("id", "=", id).executeTakeFirst();
  return row && projectOf(row);
}

export async function listProjectRows(records: Records): Promise<readonly (LinkProject & { readonly lastJob: string | null })[]> {
  const rows = await records.as<RegistryTables>().selectFrom("link_project").selectAll().orderBy("created_at").execute();
  return rows.map(projectOf);
}

/** The projects of one organisation, the newest first. */
export async function listOwnProjectRows(
  records: Records,
  organisation: string,
  window?: PageWindow,
): Promise<readonly (LinkProject & { readonly lastJob: string | null })[]> {
  let query = records.as<RegistryTables>().selectFrom("link_project").selectAll().where("organisation", "=", organisation);
  query = query.orderBy("created_at", "desc").orderBy("id", "desc");
  if (window) query = query.limit(window.limit).offset(window.offset);
  return (await query.execute()).map(projectOf);
}

export async function countOwnProjectRows(records: Records, organisation: string): Promise<number> {
  const { count } = await records
    .as<RegistryTables>()
    .selectFrom("link_project")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("organisation", "=", organisation)
    .executeTakeFirstOrThrow();
  return count;
}

export async function findLastRun(records: Records, project: string): Promise<LinkRun | undefined> {
  const row = await records
    .as<RegistryTables>()
    .selectFrom("link_run")
    .selectAll()
    .where("project_id", "=", project)
    .orderBy("at", "desc")
    .executeTakeFirst();
  return row && { id: row.id, project, at: row.at, report: JSON.parse(row.report) as RunReport };
}

/**
 * The version of each dataset that the last run linked. The records of entities are numbered as in that version, so they
 * are read from it and from no other: in another version the same number is another person's record.
 */
export async function linkedVersions(records: Records, project: string): Promise<ReadonlyMap<string, number>> {
  const run = await findLastRun(records, project);
  return new Map((run?.report.records ?? []).map(({ dataset, version }) => [dataset, version]));
}

/** The records of one entity, over all datasets of the project. */
export async function recordsOf(records: Records, project: string, entity: string): Promise<readonly RecordKey[]> {
  const rows = await records
    .as<RegistryTables>()
    .selectFrom("entity_record")
    .select(["dataset_id", "record_no"])
    .where("project_id", "=", project)
    .where("entity_id", "=", entity)
    .orderBy("dataset_id")
    .orderBy("record_no")
    .execute();
  return rows.map((row) => ({ dataset: row.dataset_id, record: row.record_no }));
}

/** The entities that some records of one dataset belong to. */
export async function entitiesOf(
  records: Records,
  project: string,
  dataset: string,
  numbers: readonly number[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const rows = await records
    .as<RegistryTables>()
    .selectFrom("entity_record")
    .select("entity_id")
    .distinct()
    .where("project_id", "=", project)
    .where("dataset_id", "=", dataset)
    .where("record_no", "in", [...numbers])
    .execute();
  return rows.map((row) => row.entity_id);
}

export async function listReview(
  records: Records,
  project: string,
  { offset, limit }: PageWindow,
): Promise<readonly ReviewPair[]> {
  const rows = await records
    .as<RegistryTables>()
    .selectFrom("review_pair")
    .selectAll()
    .where("project_id", "=", project)
    .orderBy("weight", "desc")
    .orderBy("left_dataset")
    .orderBy("left_record")
    .orderBy("right_dataset")
    .orderBy("right_record")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map((row) => ({
    left: { dataset: row.left_dataset, record: row.left_record },
    right: { dataset: row.right_dataset, record: row.right_record },
    weight: row.weight,
    why: row.why,
  }));
}

export async function countReview(records: Records, project: string): Promise<number> {
  const { count } = await records
    .as<RegistryTables>()
    .selectFrom("review_pair")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("project_id", "=", project)
    .executeTakeFirstOrThrow();
  return count;
}

/** The pair of two records among those that the last run left for review. */
export async function findReviewPair(
  records: Records,
  project: string,
  left: RecordKey,
  right: RecordKey,
): Promise<{ why: ReviewPair["why"] } | undefined> {
  return records
    .as<RegistryTables>()
    .selectFrom("review_pair")
    .select("why")
    .where("project_id", "=", project)
    .where("left_dataset", "=", left.dataset)
    .where("left_record", "=", left.record)
    .where("right_dataset", "=", right.dataset)
    .where("right_record", "=", right.record)
    .executeTakeFirst();
}

function projectOf(row: RegistryTables["link_project"]) {
  return {
    id: row.id,
    organisation: row.organisation,
    title: row.title,
    purpose: row.purpose,
    agreement: row.agreement_id,
    dpia: row.dpia,
    owner: row.owner,
    datasets: JSON.parse(row.datasets) as readonly string[],
    lastJob: row.last_job,
    createdAt: row.created_at,
  };
}

const atOnce = 5_000;

/**
 * Records that were erased by law belong to nobody any more, and no pair with them waits for review. A project's records are
 * numbered as in the version that it linked.
 */
export async function forgetRecords(
  records: Records,
  dataset: string,
  byVersion: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
  const db = records.as<RegistryTables>();
  for (const { id } of await db.selectFrom("link_project").select("id").execute()) {
    const version = (await linkedVersions(records, id)).get(dataset);
    const numbers = version === undefined ? [] : (byVersion.get(version) ?? []);
    for (let at = 0; at < numbers.length; at += atOnce) {
      const some = numbers.slice(at, at + atOnce);
      await db
        .deleteFrom("entity_record")
        .where("project_id", "=", id)
        .where("dataset_id", "=", dataset)
        .where("record_no", "in", some)
        .execute();
      for (const side of ["left", "right"] as const)
        await db
          .deleteFrom("review_pair")
          .where("project_id", "=", id)
          .where(`${side}_dataset`, "=", dataset)
          .where(`${side}_record`, "in", some)
          .execute();
    }
  }
}
