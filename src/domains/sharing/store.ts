import type { Kysely, SelectQueryBuilder } from "kysely";
import type { PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";
import type { Agreement, Terms, Use } from "./model.ts";

export interface SharingTables {
  agreement: {
    id: string;
    terms: string;
    ended_at: number | null;
    ended_by: string | null;
    ended_reason: string | null;
    created_by: string;
    created_at: number;
  };
  agreement_party: { agreement_id: string; organisation_id: string };
  agreement_signature: {
    agreement_id: string;
    organisation_id: string;
    person_id: string;
    signed_at: number;
    terms_hash: string;
  };
  access_request: {
    id: string;
    dataset_id: string;
    owner: string;
    asker: string;
    asked_by: string;
    asked_at: number;
    use: Use;
    why: string;
    needs: string;
    answer: "agreed" | "declined" | null;
    answered_by: string | null;
    answered_at: number | null;
    reason: string;
  };
}

export const sharingMigrations: Migrations = {
  domain: "sharing",
  steps: {
    "001-agreement": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("agreement")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("terms", "text", (column) => column.notNull())
        .addColumn("ended_at", "integer")
        .addColumn("ended_by", "text")
        .addColumn("ended_reason", "text")
        .addColumn("created_by", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("agreement_party")
        .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
        .addColumn("organisation_id", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("agreement_party_key", ["agreement_id", "organisation_id"])
        .execute();
      await db.schema
        .createTable("agreement_signature")
        .addColumn("agreement_id", "text", (column) => column.notNull().references("agreement.id"))
        .addColumn("organisation_id", "text", (column) => column.notNull())
        .addColumn("person_id", "text", (column) => column.notNull())
        .addColumn("signed_at", "integer", (column) => column.notNull())
        .addColumn("terms_hash", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("agreement_signature_key", ["agreement_id", "organisation_id"])
        .addUniqueConstraint("agreement_signature_person", ["agreement_id", "person_id"])
        .execute();
    },
    "002-access-request": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("access_request")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("owner", "text", (column) => column.notNull())
        .addColumn("asker", "text", (column) => column.notNull())
        .addColumn("asked_by", "text", (column) => column.notNull())
        .addColumn("asked_at", "integer", (column) => column.notNull())
        .addColumn("use", "text", (column) => column.notNull())
        .addColumn("why", "text", (column) => column.notNull())
        .addColumn("needs", "text", (column) => column.notNull())
        .addColumn("answer", "text")
        .addColumn("answered_by", "text")
        .addColumn("answered_at", "integer")
        .addColumn("reason", "text", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("access_request_owner").on("access_request").column("owner").execute();
      await db.schema.createIndex("access_request_asker").on("access_request").column("asker").execute();
    },
  },
};

export async function findAgreement(records: Records, id: string): Promise<Agreement | undefined> {
  return (await readAgreements(records, (agreements) => agreements.where("agreement.id", "=", id)))[0];
}

/** The agreements to which an organisation is a party, the oldest first; every one for null. */
export async function listAgreementsOf(records: Records, organisation: string | null): Promise<readonly Agreement[]> {
  return readAgreements(records, (agreements) => {
    const ordered = agreements.orderBy("agreement.created_at").orderBy("agreement.id");
    return organisation === null ? ordered : ordered.where("agreement.id", "in", idsOf(records, organisation));
  });
}

/** Those of one page, the newest first. */
export async function listNewestAgreementsOf(
  records: Records,
  organisation: string,
  { offset, limit }: PageWindow,
): Promise<readonly Agreement[]> {
  return readAgreements(records, (agreements) =>
    agreements
      .where("agreement.id", "in", idsOf(records, organisation))
      .orderBy("agreement.created_at", "desc")
      .orderBy("agreement.id", "desc")
      .limit(limit)
      .offset(offset),
  );
}

export async function countAgreementsOf(records: Records, organisation: string): Promise<number> {
  const { count } = await records
    .as<SharingTables>()
    .selectFrom("agreement_party")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("organisation_id", "=", organisation)
    .executeTakeFirstOrThrow();
  return count;
}

function idsOf(records: Records, organisation: string) {
  return records
    .as<SharingTables>()
    .selectFrom("agreement_party")
    .select("agreement_id")
    .where("organisation_id", "=", organisation);
}

type AgreementQuery = SelectQueryBuilder<SharingTables, "agreement", unknown>;

/** Two statements, however many agreements there are. */
async function readAgreements(
  records: Records,
  narrow: (agreements: AgreementQuery) => AgreementQuery,
): Promise<readonly Agreement[]> {
  const db = records.as<SharingTables>();
  const wanted = narrow(db.selectFrom("agreement"));
  const rows = await wanted.selectAll().execute();
  const signatures = await db
    .selectFrom("agreement_signature")
    .selectAll()
    .where("agreement_id", "in", wanted.select("agreement.id"))
    .orderBy("signed_at")
    .execute();
  const byAgreement = Map.groupBy(signatures, (signature) => signature.agreement_id);
  return rows.map((row) => ({
    id: row.id,
    terms: JSON.parse(row.terms) as Terms,
    signatures: (byAgreement.get(row.id) ?? []).map((signature) => ({
      organisation: signature.organisation_id,
      person: signature.person_id,
      signedAt: signature.signed_at,
      termsHash: signature.terms_hash,
    })),
    endedAt: row.ended_at,
    endedReason: row.ended_reason,
    createdAt: row.created_at,
  }));
}

export async function saveTerms(records: Records, id: string, terms: Terms): Promise<void> {
  const db = records.as<SharingTables>();
  await db
    .updateTable("agreement")
    .set({ terms: JSON.stringify(terms) })
    .where("id", "=", id)
    .execute();
  await db.deleteFrom("agreement_party").where("agreement_id", "=", id).execute();
  for (const organisation of terms.parties)
    await db.insertInto("agreement_party").values({ agreement_id: id, organisation_id: organisation }).execute();
}
