import type { House, Session } from "../../access/index.ts";
import type { Records } from "../../store/index.ts";
import { peopleActions } from "./actions.ts";
import { insertOrganisation } from "./add-people.ts";
import { findOrganisation, listOrganisations } from "./find-person.ts";
import { findMode, readHubFacts, writeHubFact } from "./hub-facts.ts";
import type { OrganisationKind, PeopleTables } from "./store.ts";

/**
 * The organisation that the operator means by a name, or, with none, the host. In a hub that nobody has set up yet the host
 * is made, of that name, and the hub is a live one from then on; who sets it up later says how the host is really called.
 * Nothing where the name is unknown.
 */
export async function organisationNamed(session: Session, name: string | undefined, house: House): Promise<string | undefined> {
  const [first] = await listOrganisations(house.store);
  if (first) return name === undefined ? first.id : (await findOrganisation(house.store, name))?.id;
  return session.perform(peopleActions.addOrganisation, null, (scope) =>
    scope.transaction(async (records) => {
      const host = await holdHost(records, { name: name ?? "This organisation", kind: "council" }, house.clock());
      if ((await findMode(records)) === undefined) await writeHubFact(records, "mode", "live");
      return host;
    }),
  );
}

/** Makes the host organisation, or gives the one that a load made before anybody set the hub up its name. */
export async function holdHost(
  records: Records,
  input: { readonly name: string; readonly kind: OrganisationKind },
  now: number,
): Promise<string> {
  const { host } = await readHubFacts(records);
  if (host === null) {
    const made = await insertOrganisation(records, input, now);
    await writeHubFact(records, "host", made);
    return made;
  }
  const changes = { name: input.name.trim(), kind: input.kind };
  await records.as<PeopleTables>().updateTable("organisation").set(changes).where("id", "=", host).execute();
  return host;
}
