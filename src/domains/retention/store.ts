import type { Kysely } from "kysely";
import type { PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";

export type ChangeKind = "erase" | "correct";
export type ChangeState = "asked" | "approved" | "done" | "refused";

/** A column with a value. Once a change is done or refused the values are gone, and only the columns stand. */
export interface CellValue {
  readonly number: number;
  readonly column: string;
  readonly value: string;
}

export interface ChangeResult {
  /** Rows erased or corrected, over all versions; and quarantined records erased. */
  readonly rows: number;
  readonly quarantined: number;
  readonly versions: readonly number[];
  /** Versions that lack one of the columns, and so could not be searched by it. */
  readonly notSearched: readonly number[];
  /** Other organisations that used the dataset: they are to be told. */
  readonly toTell: readonly string[];
}

/** An erasure or a correction that somebody asked for, under a law, and somebody else decides on. */
export interface DataChange {
  readonly id: string;
  readonly organisation: string;
  readonly datasetId: string;
  readonly kind: ChangeKind;
  readonly match: readonly CellValue[];
  readonly set: readonly CellValue[];
  readonly reason: string;
  readonly law: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly state: ChangeState;
  readonly result: ChangeResult | null;
}

export interface RetentionTables {
  data_change: {
    id: string;
    organisation: string;
    dataset_id: string;
    kind: ChangeKind;
    match: string;
    set_to: string;
    reason: string;
    law: string;
    asked_by: string;
    asked_at: number;
    decided_by: string | null;
    decided_at: number | null;
    state: ChangeState;
    result: string | null;
  };
}

export const retentionMigrations: Migrations = {
  domain: "retention",
  steps: {
    "001-data-change": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("data_change")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("match", "text", (column) => column.notNull())
        .addColumn("set_to", "text", (column) => column.notNull())
        .addColumn("reason", "text", (column) => column.notNull())
        .addColumn("law", "text", (column) => column.notNull())
        .addColumn("asked_by", "text", (column) => column.notNull())
        .addColumn("asked_at", "integer", (column) => column.notNull())
        .addColumn("decided_by", "text")
        .addColumn("decided_at", "integer")
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("result", "text")
        .execute();
      await db.schema.createIndex("data_change_organisation").on("data_change").columns(["organisation", "asked_at"]).execute();
    },
  },
};

export async function insertChange(records: Records, change: DataChange): Promise<void> {
  await records
    .as<RetentionTables>()
    .insertInto("data_change")
    .values({
      id: change.id,
      organisation: change.organisation,
      dataset_id: change.datasetId,
      kind: change.kind,
      match: JSON.stringify(change.match),
      set_to: JSON.stringify(change.set),
      reason: change.reason,
      law: change.law,
      asked_by: change.askedBy,
      asked_at: change.askedAt,
      decided_by: null,
      decided_at: null,
      state: change.state,
      result: null,
    })
    .execute();
}

/** Moves a change on. A change that has ended keeps the columns it spoke of and none of the values. */
export async function moveChange(
  records: Records,
  change: DataChange,
  to: Pick<DataChange, "state"> & Partial<Pick<DataChange, "decidedBy" | "decidedAt" | "result">>,
): Promise<void> {
  const ended = to.state === "done" || to.state === "refused";
  const blank = (cells: readonly CellValue[]) => JSON.stringify(cells.map((cell) => ({ ...cell, value: "" })));
  await records
    .as<RetentionTables>()
    .updateTable("data_change")
    .set({
      state: to.state,
      ...(to.decidedBy === undefined ? {} : { decided_by: to.decidedBy }),
      ...(to.decidedAt === undefined ? {} : { decided_at: to.decidedAt }),
      ...(to.result ? { result: JSON.stringify(to.result) } : {}),
      ...(ended ? { match: blank(change.match), set_to: blank(change.set) } : {}),
    })
    .where("id", "=", change.id)
    .execute();
}

export async function findChange(records: Records, id: string): Promise<DataChange | undefined> {
  const row = await records.as<RetentionTables>().selectFrom("data_change").selectAll().where("id", "=", id).executeTakeFirst();
  return row && changeOf(row);
}

/** The newest first; of every organisation for null. */
export async function listChangeRows(
  records: Records,
  organisation: string | null,
  window?: PageWindow,
): Promise<readonly DataChange[]> {
  let query = records.as<RetentionTables>().selectFrom("data_change").selectAll().orderBy("asked_at", "desc").orderBy("id");
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  if (window) query = query.limit(window.limit).offset(window.offset);
  return (await query.execute()).map(changeOf);
}

export async function countChangeRows(records: Records, organisation: string): Promise<number> {
  const { count } = await records
    .as<RetentionTables>()
    .selectFrom("data_change")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("organisation", "=", organisation)
    .executeTakeFirstOrThrow();
  return count;
}

function changeOf(row: RetentionTables["data_change"]): DataChange {
  return {
    id: row.id,
    organisation: row.organisation,
    datasetId: row.dataset_id,
    kind: row.kind,
    match: JSON.parse(row.match) as readonly CellValue[],
    set: JSON.parse(row.set_to) as readonly CellValue[],
    reason: row.reason,
    law: row.law,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    state: row.state,
    result: row.result === null ? null : (JSON.parse(row.result) as ChangeResult),
  };
}
