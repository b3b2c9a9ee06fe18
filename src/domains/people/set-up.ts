import type { House } from "../../access/index.ts";
import { newSecret } from "../../kernel/ids.ts";
import { peopleActions } from "./actions.ts";
import { checkedPassword, insertPerson } from "./add-people.ts";
import { peopleError } from "./errors.ts";
import { holdHost } from "./host.ts";
import { writeHubFact } from "./hub-facts.ts";
import { hashPassword } from "./password.ts";
import { hashSecret } from "./sign-in.ts";
import type { OrganisationKind, PeopleTables } from "./store.ts";

const linkLivesMs = 24 * 60 * 60 * 1000;

/** Whether anyone has an account yet. A hub without one prints a set-up link at each start. */
export async function needsSetUp(house: House): Promise<boolean> {
  return (await house.store.as<PeopleTables>().selectFrom("person").select("id").limit(1).executeTakeFirst()) === undefined;
}

/** Makes a new one-time link; those made before stop working. */
export async function newSetUpLink(house: House): Promise<string> {
  const secret = newSecret();
  await house.store.transaction(async (records) => {
    const db = records.as<PeopleTables>();
    await db.deleteFrom("setup_link").execute();
    await db
      .insertInto("setup_link")
      .values({ secret_hash: hashSecret(secret), expires_at: house.clock() + linkLivesMs })
      .execute();
  });
  return secret;
}

export async function isSetUpLink(secret: string, house: House): Promise<boolean> {
  const link = await house.store
    .as<PeopleTables>()
    .selectFrom("setup_link")
    .selectAll()
    .where("secret_hash", "=", hashSecret(secret))
    .executeTakeFirst();
  return link !== undefined && link.expires_at > house.clock() && (await needsSetUp(house));
}

/** Makes the host organisation and the first administrator, once. Fails with `people.link-spent` and as `addPerson`. */
export async function setUp(
  input: {
    secret: string;
    place: string;
    organisation: string;
    kind: OrganisationKind;
    name: string;
    email: string;
    password: string;
  },
  house: House,
): Promise<void> {
  if (!(await isSetUpLink(input.secret, house))) throw peopleError("link-spent", {});
  const password = await hashPassword(checkedPassword(input.password));
  await house.gate.operatorSession().perform(peopleActions.addPerson, null, (scope) =>
    scope.transaction(async (records) => {
      const now = house.clock();
      const db = records.as<PeopleTables>();
      const spent = await db.deleteFrom("setup_link").where("secret_hash", "=", hashSecret(input.secret)).executeTakeFirst();
      if (spent.numDeletedRows !== 1n) throw peopleError("link-spent", {});
      const host = await holdHost(records, { name: input.organisation, kind: input.kind }, now);
      const roles = ["administrator", "steward", "owner", "analyst", "governance"];
      await insertPerson(
        records,
        { name: input.name, email: input.email, password, memberships: [{ organisation: host, roles }] },
        now,
      );
      await writeHubFact(records, "place", input.place.trim() || input.organisation.trim());
    }),
  );
}
