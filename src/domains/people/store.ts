import type { Kysely } from "kysely";
import type { Purpose, Role } from "../../access/index.ts";
import type { Migrations } from "../../store/index.ts";

export interface PeopleTables {
  organisation: { id: string; name: string; kind: OrganisationKind; created_at: number };
  person: {
    id: string;
    name: string;
    email: string;
    state: "active" | "suspended";
    password: string;
    must_change: number;
    created_at: number;
  };
  membership: { person_id: string; organisation_id: string; role: Role };
  web_session: {
    secret_hash: string;
    person_id: string;
    organisation_id: string;
    purpose: Purpose | null;
    csrf: string;
    created_at: number;
    seen_at: number;
  };
  api_token: {
    secret_hash: string;
    person_id: string;
    organisation_id: string;
    purpose: Purpose | null;
    name: string;
    created_at: number;
    expires_at: number;
  };
  setup_link: { secret_hash: string; expires_at: number };
  failed_sign_in: { email: string; count: number; last_at: number };
  hub_fact: { key: string; value: string };
}

export const organisationKinds = ["council", "health", "police", "school", "charity", "other"] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const peopleMigrations: Migrations = {
  domain: "people",
  steps: {
    "001-people": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("organisation")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("name", "text", (column) => column.notNull().unique())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("person")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("email", "text", (column) => column.notNull().unique())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("password", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("membership")
        .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
        .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
        .addColumn("role", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("membership_key", ["person_id", "organisation_id", "role"])
        .execute();
      await db.schema
        .createTable("web_session")
        .addColumn("secret_hash", "text", (column) => column.primaryKey())
        .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
        .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
        .addColumn("purpose", "text")
        .addColumn("csrf", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addColumn("seen_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("api_token")
        .addColumn("secret_hash", "text", (column) => column.primaryKey())
        .addColumn("person_id", "text", (column) => column.notNull().references("person.id"))
        .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
        .addColumn("purpose", "text")
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addColumn("expires_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("setup_link")
        .addColumn("secret_hash", "text", (column) => column.primaryKey())
        .addColumn("expires_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("failed_sign_in")
        .addColumn("email", "text", (column) => column.primaryKey())
        .addColumn("count", "integer", (column) => column.notNull())
        .addColumn("last_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("hub_fact")
        .addColumn("key", "text", (column) => column.primaryKey())
        .addColumn("value", "text", (column) => column.notNull())
        .execute();
    },
    "002-own-password": async (db: Kysely<unknown>) => {
      await db.schema
        .alterTable("person")
        .addColumn("must_change", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
};
