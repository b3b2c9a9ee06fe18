import { isRole, type House, type Role, type Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Records } from "../../store/index.ts";
import { peopleActions } from "./actions.ts";
import { peopleError } from "./errors.ts";
import { findOrganisation } from "./find-person.ts";
import { hashPassword } from "./password.ts";
import type { OrganisationKind, PeopleTables } from "./store.ts";

export interface NewOrganisation {
  readonly name: string;
  readonly kind: OrganisationKind;
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Somebody else chose the password: the person chooses their own at the first sign-in. */
  readonly mustChange?: boolean;
  readonly memberships: readonly { readonly organisation: string; readonly roles: readonly string[] }[];
}

/** Registers an organisation. Fails with `people.name-missing` or `people.organisation-taken`. */
export async function addOrganisation(session: Session, input: NewOrganisation, house: House): Promise<string> {
  return session.perform(peopleActions.addOrganisation, null, (scope) =>
    scope.transaction((records) => insertOrganisation(records, input, house.clock())),
  );
}

/**
 * Makes an account with roles in one or more organisations. Fails with `people.email-taken`, `people.not-an-email`,
 * `people.weak-password`, `people.unknown-role` or `people.no-organisation`.
 */
export async function addPerson(session: Session, input: NewPerson, house: House): Promise<string> {
  const owner = session.kind === "operator" ? null : (session.organisation ?? null);
  return session.perform(
    peopleActions.addPerson,
    owner === null ? null : { kind: "organisation", id: owner, organisation: owner },
    async (scope) => {
      for (const { organisation } of input.memberships) {
        if (owner !== null && (await findOrganisation(scope.records, organisation))?.id !== owner)
          throw peopleError("not-your-organisation", {});
      }
      const password = await hashPassword(checkedPassword(input.password));
      return scope.transaction((records) => insertPerson(records, { ...input, password, mustChange: true }, house.clock()));
    },
  );
}

export async function insertOrganisation(records: Records, input: NewOrganisation, now: number): Promise<string> {
  const name = input.name.trim();
  if (name === "" || name.length > 200)
    throw peopleError("name-missing", { what: "The organisation" }, { name: "Write a name of 1 to 200 characters." });
  if (await findOrganisation(records, name)) throw peopleError("organisation-taken", { name });
  const id = newId("org", now);
  await records.as<PeopleTables>().insertInto("organisation").values({ id, name, kind: input.kind, created_at: now }).execute();
  return id;
}

/** `password` is already hashed. */
export async function insertPerson(records: Records, input: NewPerson, now: number): Promise<string> {
  const db = records.as<PeopleTables>();
  const email = input.email.trim().toLowerCase();
  if (!/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email))
    throw peopleError("not-an-email", {}, { email: "Write it like name@example.org." });
  const name = input.name.trim();
  if (name === "" || name.length > 200)
    throw peopleError("name-missing", { what: "The person" }, { name: "Write a name of 1 to 200 characters." });
  if (await db.selectFrom("person").select("id").where("email", "=", email).executeTakeFirst())
    throw peopleError("email-taken", {}, { email: "Taken." });
  const id = newId("per", now);
  await db
    .insertInto("person")
    .values({
      id,
      name,
      email,
      state: "active",
      password: input.password,
      must_change: input.mustChange ? 1 : 0,
      created_at: now,
    })
    .execute();
  for (const membership of input.memberships) {
    const organisation = await findOrganisation(records, membership.organisation);
    if (!organisation) throw peopleError("no-organisation", { organisation: membership.organisation });
    for (const role of membership.roles) {
      await db
        .insertInto("membership")
        .values({ person_id: id, organisation_id: organisation.id, role: checkedRole(role) })
        .execute();
    }
  }
  return id;
}

export function checkedPassword(password: string): string {
  if (password.length < 12 || password.length > 1000)
    throw peopleError("weak-password", {}, { password: "Use at least 12 characters." });
  return password;
}

function checkedRole(role: string): Role {
  if (!isRole(role)) throw peopleError("unknown-role", { role });
  return role;
}
