import type { Kysely } from "kysely";
import type { Migrations, Records } from "../../store/index.ts";
import { issuesMigration } from "./issue-store.ts";
import {
  columnsOf,
  fingerprintOf,
  type Dimension,
  type QualityResult,
  type QualityRule,
  type RuleState,
  type RuleTest,
  type Threshold,
} from "./model.ts";

export interface QualityTables {
  quality_rule: {
    id: string;
    organisation: string;
    dataset_id: string;
    dimension: Dimension;
    test: string;
    fingerprint: string;
    warn: number;
    fail: number;
    state: RuleState;
    decided_by: string | null;
    decided_at: number | null;
    reason: string;
    created_at: number;
  };
  quality_result: {
    rule_id: string;
    version: number;
    n: number;
    passed: number;
    days: number | null;
    loaded_at: number;
    checked_at: number;
  };
  /** Who last asked for a dataset to be checked: later versions are checked for the same person. */
  quality_look: { dataset_id: string; asked_by: string; job: string; version: number | null; at: number | null };
}

const rulesMigration = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable("quality_rule")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation", "text", (column) => column.notNull())
    .addColumn("dataset_id", "text", (column) => column.notNull())
    .addColumn("dimension", "text", (column) => column.notNull())
    .addColumn("test", "text", (column) => column.notNull())
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("warn", "real", (column) => column.notNull())
    .addColumn("fail", "real", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("decided_by", "text")
    .addColumn("decided_at", "integer")
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("created_at", "integer", (column) => column.notNull())
    .addUniqueConstraint("quality_rule_once", ["dataset_id", "fingerprint"])
    .execute();
  await db.schema.createIndex("quality_rule_organisation").on("quality_rule").columns(["organisation", "state"]).execute();
  await db.schema
    .createTable("quality_result")
    .addColumn("rule_id", "text", (column) => column.notNull().references("quality_rule.id").onDelete("cascade"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("n", "integer", (column) => column.notNull())
    .addColumn("passed", "integer", (column) => column.notNull())
    .addColumn("days", "integer")
    .addColumn("loaded_at", "integer", (column) => column.notNull())
    .addColumn("checked_at", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("quality_result_key", ["rule_id", "version"])
    .execute();
  await db.schema
    .createTable("quality_look")
    .addColumn("dataset_id", "text", (column) => column.primaryKey())
    .addColumn("asked_by", "text", (column) => column.notNull())
    .addColumn("job", "text", (column) => column.notNull())
    .addColumn("version", "integer")
    .addColumn("at", "integer")
    .execute();
};

export const qualityMigrations: Migrations = {
  domain: "quality",
  steps: { "001-rules": rulesMigration, "002-issues": issuesMigration },
};

export async function insertRule(records: Records, rule: QualityRule): Promise<void> {
  await records
    .as<QualityTables>()
    .insertInto("quality_rule")
    .values({
      id: rule.id,
      organisation: rule.organisation,
      dataset_id: rule.datasetId,
      dimension: rule.dimension,
      test: JSON.stringify(rule.test),
      fingerprint: fingerprintOf(rule.test),
      warn: rule.threshold.warn,
      fail: rule.threshold.fail,
      state: rule.state,
      decided_by: rule.decidedBy,
      decided_at: rule.decidedAt,
      reason: rule.reason,
      created_at: rule.createdAt,
    })
    .execute();
}

export async function updateRule(
  records: Records,
  id: string,
  changes: Partial<Pick<QualityRule, "test" | "threshold" | "state" | "decidedBy" | "decidedAt" | "reason">>,
): Promise<void> {
  const { test, threshold, state, decidedBy, decidedAt, reason } = changes;
  await records
    .as<QualityTables>()
    .updateTable("quality_rule")
    .set({
      ...(test ? { test: JSON.stringify(test) } : {}),
      ...(threshold ? { warn: threshold.warn, fail: threshold.fail } : {}),
      ...(state ? { state } : {}),
      ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
      ...(decidedAt === undefined ? {} : { decided_at: decidedAt }),
      ...(reason === undefined ? {} : { reason }),
    })
    .where("id", "=", id)
    .execute();
}

/** A suggestion that the newest version does not bear out goes, with what was counted for it. */
export async function deleteRule(records: Records, id: string): Promise<void> {
  await records.as<QualityTables>().deleteFrom("quality_result").where("rule_id", "=", id).execute();
  await records.as<QualityTables>().deleteFrom("quality_rule").where("id", "=", id).execute();
}

export async function findRule(records: Records, datasetId: string, id: string): Promise<QualityRule | undefined> {
  const row = await records
    .as<QualityTables>()
    .selectFrom("quality_rule")
    .selectAll()
    .where("id", "=", id)
    .where("dataset_id", "=", datasetId)
    .executeTakeFirst();
  return row && ruleOf(row);
}

/** The rules of a dataset, in every state, in the order in which they were suggested. */
export async function listRules(records: Records, datasetId: string): Promise<readonly QualityRule[]> {
  const query = records.as<QualityTables>().selectFrom("quality_rule").selectAll().where("dataset_id", "=", datasetId);
  return (await query.orderBy("created_at").orderBy("id").execute()).map(ruleOf);
}

/** All rules in one state, of one organisation or, for null, of all. */
export async function listRulesOf(
  records: Records,
  organisation: string | null,
  state: RuleState | null,
): Promise<readonly QualityRule[]> {
  let query = records.as<QualityTables>().selectFrom("quality_rule").selectAll().orderBy("created_at").orderBy("id");
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  if (state !== null) query = query.where("state", "=", state);
  return (await query.execute()).map(ruleOf);
}

export async function putResult(records: Records, result: QualityResult): Promise<void> {
  const row = {
    n: result.n,
    passed: result.passed,
    days: result.days,
    loaded_at: result.loadedAt,
    checked_at: result.checkedAt,
  };
  await records
    .as<QualityTables>()
    .insertInto("quality_result")
    .values({ rule_id: result.ruleId, version: result.version, ...row })
    .onConflict((conflict) => conflict.columns(["rule_id", "version"]).doUpdateSet(row))
    .execute();
}

/** What was counted for the rules of a dataset, by version. */
export async function listResults(records: Records, datasetId: string): Promise<readonly QualityResult[]> {
  const rows = await records
    .as<QualityTables>()
    .selectFrom("quality_result")
    .innerJoin("quality_rule", "quality_rule.id", "quality_result.rule_id")
    .selectAll("quality_result")
    .where("quality_rule.dataset_id", "=", datasetId)
    .orderBy("version")
    .execute();
  return rows.map((row) => ({
    ruleId: row.rule_id,
    version: row.version,
    n: row.n,
    passed: row.passed,
    days: row.days,
    loadedAt: row.loaded_at,
    checkedAt: row.checked_at,
  }));
}

export interface Look {
  readonly datasetId: string;
  readonly askedBy: string;
  /** The last job that checks it. */
  readonly job: string;
  /** The version that was checked last, and when; null until the first check has ended. */
  readonly version: number | null;
  readonly at: number | null;
}

/** A check was asked for. */
export async function putAsked(records: Records, { datasetId, askedBy, job }: Omit<Look, "version" | "at">): Promise<void> {
  const row = { asked_by: askedBy, job };
  await records
    .as<QualityTables>()
    .insertInto("quality_look")
    .values({ dataset_id: datasetId, ...row, version: null, at: null })
    .onConflict((conflict) => conflict.column("dataset_id").doUpdateSet(row))
    .execute();
}

/** A check has ended. */
export async function putLooked(records: Records, look: Look): Promise<void> {
  const row = { version: look.version, at: look.at };
  await records
    .as<QualityTables>()
    .insertInto("quality_look")
    .values({ dataset_id: look.datasetId, asked_by: look.askedBy, job: look.job, ...row })
    .onConflict((conflict) => conflict.column("dataset_id").doUpdateSet(row))
    .execute();
}

export async function findLook(records: Records, datasetId: string): Promise<Look | undefined> {
  const query = records.as<QualityTables>().selectFrom("quality_look").selectAll().where("dataset_id", "=", datasetId);
  const row = await query.executeTakeFirst();
  return row && lookOf(row);
}

export async function listLooks(records: Records): Promise<readonly Look[]> {
  return (await records.as<QualityTables>().selectFrom("quality_look").selectAll().execute()).map(lookOf);
}

function lookOf(row: QualityTables["quality_look"]): Look {
  return { datasetId: row.dataset_id, askedBy: row.asked_by, job: row.job, version: row.version, at: row.at };
}

function ruleOf(row: QualityTables["quality_rule"]): QualityRule {
  const test = JSON.parse(row.test) as RuleTest;
  const threshold: Threshold = { warn: row.warn, fail: row.fail };
  return {
    id: row.id,
    organisation: row.organisation,
    datasetId: row.dataset_id,
    dimension: row.dimension,
    test,
    columns: columnsOf(test),
    threshold,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
    createdAt: row.created_at,
  };
}
