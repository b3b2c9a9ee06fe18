import type { PersonFacts, Role } from "../../access/index.ts";
import type { Records } from "../../store/index.ts";
import type { PeopleTables } from "./store.ts";

export interface Membership {
  readonly organisation: string;
  readonly organisationName: string;
  readonly roles: readonly Role[];
}

/** A person as they are now in one of their organisations; nothing when they do not belong to it. */
export async function findPersonFacts(records: Records, person: string, organisation: string): Promise<PersonFacts | undefined> {
  const found = await records.as<PeopleTables>().selectFrom("person").selectAll().where("id", "=", person).executeTakeFirst();
  if (!found) return undefined;
  const membership = (await listMemberships(records, person)).find((candidate) => candidate.organisation === organisation);
  return (
    membership && {
      id: found.id,
      name: found.name,
      active: found.state === "active",
      organisation,
      organisationName: membership.organisationName,
      roles: membership.roles,
    }
  );
}

export async function listMemberships(records: Records, person: string): Promise<readonly Membership[]> {
  const rows = await records
    .as<PeopleTables>()
    .selectFrom("membership")
    .innerJoin("organisation", "organisation.id", "membership.organisation_id")
    .select(["membership.organisation_id", "membership.role", "organisation.name"])
    .where("person_id", "=", person)
    .orderBy("organisation.created_at")
    .execute();
  const byOrganisation = Map.groupBy(rows, (row) => row.organisation_id);
  return [...byOrganisation].map(([organisation, held]) => ({
    organisation,
    organisationName: held[0]?.name ?? "",
    roles: held.map((row) => row.role),
  }));
}

export async function findOrganisation(records: Records, idOrName: string): Promise<PeopleTables["organisation"] | undefined> {
  return records
    .as<PeopleTables>()
    .selectFrom("organisation")
    .selectAll()
    .where((where) => where.or([where("id", "=", idOrName), where("name", "=", idOrName)]))
    .executeTakeFirst();
}

export async function listOrganisations(records: Records): Promise<readonly PeopleTables["organisation"][]> {
  return records.as<PeopleTables>().selectFrom("organisation").selectAll().orderBy("created_at").execute();
}

/** The id of the account with an email address. */
export async function findPersonByEmail(records: Records, email: string): Promise<string | undefined> {
  const query = records.as<PeopleTables>().selectFrom("person").select("id").where("email", "=", email.trim().toLowerCase());
  return (await query.executeTakeFirst())?.id;
}

/** Names of persons by id, for pages that show who did something. */
export async function namesOf(records: Records, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await records
    .as<PeopleTables>()
    .selectFrom("person")
    .select(["id", "name"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Those whose account is suspended, with the organisations they belong to; of one organisation, or of all for null. */
export async function listSuspended(
  records: Records,
  organisation: string | null,
): Promise<readonly { readonly name: string; readonly organisation: string }[]> {
  let query = records
    .as<PeopleTables>()
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person_id")
    .select(["person.name", "membership.organisation_id as organisation"])
    .distinct()
    .where("person.state", "!=", "active");
  if (organisation !== null) query = query.where("membership.organisation_id", "=", organisation);
  return query.execute();
}
