import type { Kysely } from "kysely";
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

export async function listReferralsOf(records: Records, worker: string, organisation: string): Promise<readonly Referral[]> {
  const rows = await records
    .as<CasesTables>()
    .selectFrom("referral")
    .selectAll()
    .where("worker", "=", worker)
    .where("organisation", "=", organisation)
    .orderBy("opened_at", "desc")
    .execute();
  return rows.map(referralOf);
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
