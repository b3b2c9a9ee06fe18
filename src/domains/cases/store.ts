import type { Kysely } from "kysely";
import type { PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";

/** A request for help about one person, given to one worker: the evidence that the worker needs that person's record. */
export interface Referral {
  readonly id: string;
  readonly organisation: string;
  readonly worker: string;
  readonly givenName: string;
  readonly familyName: string;
  /** ISO civil date. */
  readonly dateOfBirth: string;
  readonly postcode: string;
  readonly reason: string;
  /** The entity that the worker confirmed it is about, in one link project. */
  readonly subject: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
}

export interface CasesTables {
  referral: {
    id: string;
    organisation: string;
    worker: string;
    given_name: string;
    family_name: string;
    date_of_birth: string;
    postcode: string;
    reason: string;
    subject: string | null;
    opened_at: number;
    closed_at: number | null;
  };
}

export const casesMigrations: Migrations = {
  domain: "cases",
  steps: {
    "001-referral": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("referral")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("worker", "text", (column) => column.notNull())
        .addColumn("given_name", "text", (column) => column.notNull())
        .addColumn("family_name", "text", (column) => column.notNull())
        .addColumn("date_of_birth", "text", (column) => column.notNull())
        .addColumn("postcode", "text", (column) => column.notNull())
        .addColumn("reason", "text", (column) => column.notNull())
        .addColumn("subject", "text")
        .addColumn("opened_at", "integer", (column) => column.notNull())
        .addColumn("closed_at", "integer")
        .execute();
      await db.schema.createIndex("referral_worker").on("referral").columns(["worker", "closed_at"]).execute();
    },
  },
};

export async function findReferral(records: Records, id: string): Promise<Referral | undefined> {
  const row = await records.as<CasesTables>().selectFrom("referral").selectAll().where("id", "=", id).executeTakeFirst();
  return row && referralOf(row);
}

export interface ReferralFilter {
  readonly worker: string;
  readonly organisation: string;
  readonly open?: true;
  readonly openedAfter?: number;
}

/** Open ones first, the newest of each first. */
export async function listReferralsOf(
  records: Records,
  filter: ReferralFilter,
  window?: PageWindow,
): Promise<readonly Referral[]> {
  let query = referralsThatFit(records, filter)
    .selectAll()
    .orderBy((by) => by.case().when("closed_at", "is", null).then(0).else(1).end())
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc");
  if (window) query = query.limit(window.limit).offset(window.offset);
  return (await query.execute()).map(referralOf);
}

export async function countReferralsOf(records: Records, filter: ReferralFilter): Promise<number> {
  const { count } = await referralsThatFit(records, filter)
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

function referralsThatFit(records: Records, { worker, organisation, open, openedAfter }: ReferralFilter) {
  let query = records
    .as<CasesTables>()
    .selectFrom("referral")
    .where("worker", "=", worker)
    .where("organisation", "=", organisation);
  if (open) query = query.where("closed_at", "is", null);
  if (openedAfter !== undefined) query = query.where("opened_at", ">", openedAfter);
  return query;
}

export async function insertReferral(records: Records, referral: Referral): Promise<void> {
  await records
    .as<CasesTables>()
    .insertInto("referral")
    .values({
      id: referral.id,
      organisation: referral.organisation,
      worker: referral.worker,
      given_name: referral.givenName,
      family_name: referral.familyName,
      date_of_birth: referral.dateOfBirth,
      postcode: referral.postcode,
      reason: referral.reason,
      subject: referral.subject,
      opened_at: referral.openedAt,
      closed_at: referral.closedAt,
    })
    .execute();
}

export async function setSubject(records: Records, id: string, subject: string | null): Promise<void> {
  await records.as<CasesTables>().updateTable("referral").set({ subject }).where("id", "=", id).execute();
}

function referralOf(row: CasesTables["referral"]): Referral {
  return {
    id: row.id,
    organisation: row.organisation,
    worker: row.worker,
    givenName: row.given_name,
    familyName: row.family_name,
    dateOfBirth: row.date_of_birth,
    postcode: row.postcode,
    reason: row.reason,
    subject: row.subject,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
  };
}
