import type { Kysely } from "kysely";
import type { Records } from "../../store/index.ts";

export interface ScheduleTables {
  source_schedule: {
    source_id: string;
    cron: string;
    set_by: string | null;
    set_at: number;
    paused_at: number | null;
    stopped_at: number | null;
    stopped_why: string | null;
    next_at: number | null;
    last_at: number | null;
    left_out_at: number | null;
    failed: number;
  };
}

/** When a source is loaded by itself, and for whom. */
export interface Schedule {
  readonly sourceId: string;
  readonly cron: string;
  /** The person whose loads they are; null for the operator of the machine. */
  readonly setBy: string | null;
  readonly setAt: number;
  readonly pausedAt: number | null;
  /** When and why the hub stopped it of its own accord. */
  readonly stopped: { readonly at: number; readonly why: string } | null;
  /** The time that comes next; null while it is paused or stopped. */
  readonly nextAt: number | null;
  /** When it last began a load. */
  readonly lastAt: number | null;
  /** The last time that was left out, since a load was under way. */
  readonly leftOutAt: number | null;
  /** How many loads in a row had failed when it last began one. */
  readonly failed: number;
}

export async function addScheduleTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("source_schedule")
    .addColumn("source_id", "text", (column) => column.primaryKey().references("source.id").onDelete("cascade"))
    .addColumn("cron", "text", (column) => column.notNull())
    .addColumn("set_by", "text")
    .addColumn("set_at", "integer", (column) => column.notNull())
    .addColumn("paused_at", "integer")
    .addColumn("stopped_at", "integer")
    .addColumn("stopped_why", "text")
    .addColumn("next_at", "integer")
    .addColumn("last_at", "integer")
    .addColumn("left_out_at", "integer")
    .addColumn("failed", "integer", (column) => column.notNull())
    .execute();
}

export async function findSchedule(records: Records, sourceId: string): Promise<Schedule | undefined> {
  const query = records.as<ScheduleTables>().selectFrom("source_schedule").selectAll();
  const row = await query.where("source_id", "=", sourceId).executeTakeFirst();
  return row && scheduleOf(row);
}

/** Puts a schedule in the place of the one the source had, if any. */
export async function putSchedule(records: Records, schedule: Schedule): Promise<void> {
  await deleteSchedule(records, schedule.sourceId);
  await records
    .as<ScheduleTables>()
    .insertInto("source_schedule")
    .values({
      source_id: schedule.sourceId,
      cron: schedule.cron,
      set_by: schedule.setBy,
      set_at: schedule.setAt,
      paused_at: schedule.pausedAt,
      stopped_at: schedule.stopped?.at ?? null,
      stopped_why: schedule.stopped?.why ?? null,
      next_at: schedule.nextAt,
      last_at: schedule.lastAt,
      left_out_at: schedule.leftOutAt,
      failed: schedule.failed,
    })
    .execute();
}

export async function deleteSchedule(records: Records, sourceId: string): Promise<void> {
  await records.as<ScheduleTables>().deleteFrom("source_schedule").where("source_id", "=", sourceId).execute();
}

/** What came of a time of a schedule, as long as nobody has changed it meanwhile. */
export async function recordTurn(
  records: Records,
  was: Schedule,
  is: Pick<Schedule, "nextAt"> & Partial<Pick<Schedule, "lastAt" | "leftOutAt" | "failed">>,
): Promise<void> {
  const { nextAt, lastAt = was.lastAt, leftOutAt = was.leftOutAt, failed = was.failed } = is;
  await records
    .as<ScheduleTables>()
    .updateTable("source_schedule")
    .set({ next_at: nextAt, last_at: lastAt, left_out_at: leftOutAt, failed })
    .where("source_id", "=", was.sourceId)
    .where("set_at", "=", was.setAt)
    .where("next_at", "=", was.nextAt)
    .execute();
}

/** Those whose time has come, the longest due first. */
export async function listDueSchedules(records: Records, now: number): Promise<readonly Schedule[]> {
  const query = records.as<ScheduleTables>().selectFrom("source_schedule").selectAll();
  return (await query.where("next_at", "<=", now).orderBy("next_at").execute()).map(scheduleOf);
}

/** Every schedule, for those who list sources. */
export async function listSchedules(records: Records): Promise<ReadonlyMap<string, Schedule>> {
  const rows = await records.as<ScheduleTables>().selectFrom("source_schedule").selectAll().execute();
  return new Map(rows.map((row) => [row.source_id, scheduleOf(row)]));
}

function scheduleOf(row: ScheduleTables["source_schedule"]): Schedule {
  return {
    sourceId: row.source_id,
    cron: row.cron,
    setBy: row.set_by,
    setAt: row.set_at,
    pausedAt: row.paused_at,
    stopped: row.stopped_at === null ? null : { at: row.stopped_at, why: row.stopped_why ?? "" },
    nextAt: row.next_at,
    lastAt: row.last_at,
    leftOutAt: row.left_out_at,
    failed: row.failed,
  };
}
