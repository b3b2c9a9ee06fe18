import type { Kysely } from "kysely";
import type { ErrorKind } from "../kernel/errors.ts";
import type { Migrations, Records } from "./store.ts";

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

/** How far a job is: what it is doing, how much is done of how much, in `unit`. `total` is 0 when not known. */
export interface JobProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "rows" | "steps" | "pairs";
  /** When the step began, for its pace and the time left. */
  readonly since: number;
}

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly input: unknown;
  /** The person the job acts for, with the organisation; null for the operator. */
  readonly actingFor: string | null;
  readonly organisation: string;
  readonly progress: JobProgress | null;
  readonly result: unknown;
  /** `kind` is that of the error that the job failed with; jobs of earlier releases have none. */
  readonly error: { readonly code: string; readonly kind?: ErrorKind; readonly message: string; readonly remedy: string } | null;
  readonly attempts: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly cancelRequested: boolean;
}

interface JobTables {
  job: {
    id: string;
    kind: string;
    state: JobState;
    input: string;
    acting_for: string | null;
    organisation: string;
    idempotency_key: string | null;
    progress: string | null;
    result: string | null;
    error: string | null;
    attempts: number;
    created_at: number;
    started_at: number | null;
    finished_at: number | null;
    lease_until: number | null;
    cancel_requested: number;
  };
}

export const jobMigrations: Migrations = {
  domain: "jobs",
  steps: {
    "001-job": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("job")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("input", "text", (column) => column.notNull())
        .addColumn("acting_for", "text")
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("idempotency_key", "text", (column) => column.unique())
        .addColumn("progress", "text")
        .addColumn("result", "text")
        .addColumn("error", "text")
        .addColumn("attempts", "integer", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addColumn("started_at", "integer")
        .addColumn("finished_at", "integer")
        .addColumn("lease_until", "integer")
        .addColumn("cancel_requested", "integer", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("job_state").on("job").columns(["state", "created_at"]).execute();
    },
  },
};

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly actingFor: string | null;
  readonly organisation: string;
  /** Two requests with one key make one job: the second gets the first's. */
  readonly idempotencyKey?: string;
}

export async function queueJob(records: Records, job: NewJob, now: number): Promise<Job> {
  const db = records.as<JobTables>();
  await db
    .insertInto("job")
    .values({
      id: job.id,
      kind: job.kind,
      state: "queued",
      input: JSON.stringify(job.input),
      acting_for: job.actingFor,
      organisation: job.organisation,
      idempotency_key: job.idempotencyKey ?? null,
      progress: null,
      result: null,
      error: null,
      attempts: 0,
      created_at: now,
      started_at: null,
      finished_at: null,
      lease_until: null,
      cancel_requested: 0,
    })
    .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
    .execute();
  const key = job.idempotencyKey;
  const query = db.selectFrom("job").selectAll();
  const row = await (
    key === undefined ? query.where("id", "=", job.id) : query.where("idempotency_key", "=", key)
  ).executeTakeFirstOrThrow();
  return jobOf(row);
}

export async function findJob(records: Records, id: string): Promise<Job | undefined> {
  const row = await records.as<JobTables>().selectFrom("job").selectAll().where("id", "=", id).executeTakeFirst();
  return row && jobOf(row);
}

export async function listJobs(
  records: Records,
  filter: { kind?: string; states?: readonly JobState[]; limit: number },
): Promise<readonly Job[]> {
  let query = records.as<JobTables>().selectFrom("job").selectAll().orderBy("created_at", "desc").limit(filter.limit);
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
  if (filter.states) query = query.where("state", "in", [...filter.states]);
  return (await query.execute()).map(jobOf);
}

/** Takes the oldest job that waits, or that ran under a lease that has run out. */
export async function claimJob(records: Records, now: number, leaseMs: number): Promise<Job | undefined> {
  const db = records.as<JobTables>();
  const next = db
    .selectFrom("job")
    .select("id")
    .where((where) =>
      where.or([where("state", "=", "queued"), where.and([where("state", "=", "running"), where("lease_until", "<", now)])]),
    )
    .orderBy("created_at")
    .orderBy("id")
    .limit(1);
  const claimed = await db
    .updateTable("job")
    .set((set) => ({ state: "running", started_at: now, lease_until: now + leaseMs, attempts: set("attempts", "+", 1) }))
    .where("id", "=", next)
    .returningAll()
    .executeTakeFirst();
  return claimed && jobOf(claimed);
}

/** Renews the lease and records progress; true when the job has been asked to stop. */
export async function beatJob(
  records: Records,
  id: string,
  beat: { leaseUntil: number; progress?: JobProgress },
): Promise<boolean> {
  const db = records.as<JobTables>();
  await db
    .updateTable("job")
    .set({ lease_until: beat.leaseUntil, ...(beat.progress ? { progress: JSON.stringify(beat.progress) } : {}) })
    .where("id", "=", id)
    .where("state", "=", "running")
    .execute();
  const row = await db.selectFrom("job").select("cancel_requested").where("id", "=", id).executeTakeFirst();
  return row?.cancel_requested === 1;
}

export async function finishJob(
  records: Records,
  id: string,
  end: { state: "done" | "failed" | "cancelled"; at: number; result?: unknown; error?: Job["error"] },
): Promise<void> {
  await records
    .as<JobTables>()
    .updateTable("job")
    .set({
      state: end.state,
      finished_at: end.at,
      lease_until: null,
      result: end.result === undefined ? null : JSON.stringify(end.result),
      error: end.error ? JSON.stringify(end.error) : null,
    })
    .where("id", "=", id)
    .execute();
}

/** Hands a job back that was taken and not brought to an end through no fault of its own: it waits, and no attempt is spent. */
export async function handBackJob(records: Records, id: string): Promise<void> {
  await records
    .as<JobTables>()
    .updateTable("job")
    .set((set) => ({ state: "queued", lease_until: null, started_at: null, progress: null, attempts: set("attempts", "-", 1) }))
    .where("id", "=", id)
    .where("state", "=", "running")
    .execute();
}

/** Asks a job to stop: one that waits is cancelled at once, one that runs at its next heartbeat. */
export async function requestCancel(records: Records, id: string, now: number): Promise<void> {
  const db = records.as<JobTables>();
  await db
    .updateTable("job")
    .set({ cancel_requested: 1 })
    .where("id", "=", id)
    .where("state", "in", ["queued", "running"])
    .execute();
  await db
    .updateTable("job")
    .set({ state: "cancelled", finished_at: now })
    .where("id", "=", id)
    .where("state", "=", "queued")
    .execute();
}

/**
 * At start nothing can still be running, whatever its lease says: such jobs wait again, with an attempt spent since they
 * may be what ended the hub, and those that were asked to
 * stop have stopped.
 * Gives those.
 */
export async function requeueInterrupted(records: Records, now: number): Promise<readonly Job[]> {
  const db = records.as<JobTables>();
  const stopped = await db
    .updateTable("job")
    .set({ state: "cancelled", lease_until: null, finished_at: now })
    .where("state", "=", "running")
    .where("cancel_requested", "=", 1)
    .returningAll()
    .execute();
  await db.updateTable("job").set({ state: "queued", lease_until: null }).where("state", "=", "running").execute();
  return stopped.map(jobOf);
}

function jobOf(row: JobTables["job"]): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    input: JSON.parse(row.input),
    actingFor: row.acting_for,
    organisation: row.organisation,
    progress: row.progress === null ? null : (JSON.parse(row.progress) as JobProgress),
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error === null ? null : (JSON.parse(row.error) as NonNullable<Job["error"]>),
    attempts: row.attempts,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    cancelRequested: row.cancel_requested === 1,
  };
}
