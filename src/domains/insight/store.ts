import type { Kysely } from "kysely";
import type { Migrations, Records } from "../../store/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Constraint, CountedSet } from "./differencing.ts";
import type { Question } from "./model.ts";

export interface InsightTables {
  told: {
    organisation: string;
    dataset: string;
    dataset_version: string;
    filter_key: string;
    filters: string;
    base_count: number;
    at: number;
  };
  dashboard: { id: string; organisation: string; title: string; about: string; charts: string; changed_at: number };
  question: {
    id: string;
    at: number;
    person: string | null;
    organisation: string | null;
    dataset: string;
    question: string;
    outcome: string;
  };
}

export const insightMigrations: Migrations = {
  domain: "insight",
  steps: {
    "001-asked": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("asked")
        .addColumn("person", "text", (column) => column.notNull())
        .addColumn("dataset_version", "text", (column) => column.notNull())
        .addColumn("measure", "text", (column) => column.notNull())
        .addColumn("filter_key", "text", (column) => column.notNull())
        .addColumn("filters", "text", (column) => column.notNull())
        .addColumn("base_count", "integer", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("asked_key", ["person", "dataset_version", "measure", "filter_key"])
        .execute();
    },
    "002-told": async (db: Kysely<unknown>) => {
      await db.schema.dropTable("asked").execute();
      await db.schema
        .createTable("told")
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("dataset", "text", (column) => column.notNull())
        .addColumn("dataset_version", "text", (column) => column.notNull())
        .addColumn("filter_key", "text", (column) => column.notNull())
        .addColumn("filters", "text", (column) => column.notNull())
        .addColumn("base_count", "integer", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("told_key", ["organisation", "dataset", "dataset_version", "filter_key"])
        .execute();
      await db.schema.createIndex("told_newest").on("told").columns(["organisation", "dataset", "at"]).execute();
    },
    "003-question": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("question")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("at", "integer", (column) => column.notNull())
        .addColumn("person", "text")
        .addColumn("organisation", "text")
        .addColumn("dataset", "text", (column) => column.notNull())
        .addColumn("question", "text", (column) => column.notNull())
        .addColumn("outcome", "text", (column) => column.notNull())
        .execute();
    },
    "004-dashboard": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("dashboard")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("about", "text", (column) => column.notNull())
        .addColumn("charts", "text", (column) => column.notNull())
        .addColumn("changed_at", "integer", (column) => column.notNull())
        .addUniqueConstraint("dashboard_title", ["organisation", "title"])
        .execute();
    },
  },
};

const mostCompared = 200;

/** The counts that an organisation was given last of a dataset, whoever asked and whichever version it was. */
export async function listTold(records: Records, organisation: string, dataset: string): Promise<readonly CountedSet[]> {
  const rows = await records
    .as<InsightTables>()
    .selectFrom("told")
    .select(["filter_key", "filters", "base_count"])
    .where("organisation", "=", organisation)
    .where("dataset", "=", dataset)
    .orderBy("at", "desc")
    .limit(mostCompared)
    .execute();
  return rows.map((row) => ({ key: row.filter_key, constraints: JSON.parse(row.filters) as Constraint[], n: row.base_count }));
}

/** Remembers what was given; what was given before is new again. */
export async function insertTold(
  records: Records,
  told: { readonly organisation: string; readonly dataset: string; readonly version: string; readonly at: number },
  sets: readonly CountedSet[],
): Promise<void> {
  for (let at = 0; at < sets.length; at += 500) {
    const rows = sets.slice(at, at + 500).map(({ key, constraints, n }) => ({
      organisation: told.organisation,
      dataset: told.dataset,
      dataset_version: told.version,
      filter_key: key,
      filters: JSON.stringify(constraints),
      base_count: n,
      at: told.at,
    }));
    await records
      .as<InsightTables>()
      .insertInto("told")
      .values(rows)
      .onConflict((conflict) => conflict.doUpdateSet({ at: told.at }))
      .execute();
  }
}

/** A question as it was asked, so that whoever looks for misuse finds what the record of use says was asked. */
export interface AskedQuestion {
  readonly at: number;
  readonly person: string | null;
  readonly organisation: string | null;
  readonly question: Question;
  /** `answered`, or the code of the refusal. */
  readonly outcome: string;
}

export async function insertQuestion(
  records: Records,
  { at, person, organisation, question, outcome }: AskedQuestion,
): Promise<void> {
  const row = {
    id: newId("qst", at),
    at,
    person,
    organisation,
    dataset: question.dataset,
    question: JSON.stringify(question),
    outcome,
  };
  await records.as<InsightTables>().insertInto("question").values(row).execute();
}

export async function listQuestions(records: Records): Promise<readonly (AskedQuestion & { readonly id: string })[]> {
  const rows = await records.as<InsightTables>().selectFrom("question").selectAll().orderBy("id").execute();
  return rows.map(({ id, at, person, organisation, question, outcome }) => ({
    id,
    at,
    person,
    organisation,
    question: JSON.parse(question) as Question,
    outcome,
  }));
}
