import { createHash } from "node:crypto";
import { isPurpose, purposesOf, type House, type PersonFacts, type Purpose, type Session } from "../../access/index.ts";
import { newSecret } from "../../kernel/ids.ts";
import { peopleActions } from "./actions.ts";
import { peopleError } from "./errors.ts";
import { findPersonFacts, listMemberships } from "./find-person.ts";
import { checkPassword } from "./password.ts";
import type { PeopleTables } from "./store.ts";

export const idleMs = 30 * 60 * 1000;
export const longestMs = 12 * 60 * 60 * 1000;
const pauseMs = 15 * 60 * 1000;
const mostFailures = 10;
/** Over all accounts, from one address or for one account: somebody tries the same few passwords on everybody. */
const mostAnywhere = 100;

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Where the try comes from. */
  readonly address: string;
}

export interface SignedIn {
  readonly session: Session;
  readonly csrf: string;
  /** Somebody else chose the person's password, so they must choose their own before anything else. */
  readonly mustChangePassword: boolean;
}

/**
 * Checks an email address and password and gives the secret of a new session, for a cookie. The first of the person's
 * organisations and purposes is put in force. Fails with `people.sign-in-failed` or `people.sign-in-paused`.
 */
export async function signIn(input: Credentials, house: House): Promise<string> {
  const { person, organisation } = await checkCredentials(input, house);
  const facts = await findPersonFacts(house.store, person, organisation);
  if (!facts) throw peopleError("sign-in-failed", {});
  const [purpose = null] = purposesOf(facts.roles);
  return house.gate.personSession(facts, purpose).perform(peopleActions.signIn, null, (scope) =>
    scope.transaction(async (records) => {
      const secret = newSecret();
      const now = house.clock();
      await records
        .as<PeopleTables>()
        .insertInto("web_session")
        .values({
          secret_hash: hashSecret(secret),
          person_id: person,
          organisation_id: organisation,
          purpose,
          csrf: newSecret(),
          created_at: now,
          seen_at: now,
        })
        .execute();
      return secret;
    }),
  );
}

/** The session behind a cookie; nothing when it is unknown, 30 minutes idle, 12 hours old, or its account is not active. */
export async function resumeSession(secret: string, house: House): Promise<SignedIn | undefined> {
  const db = house.store.as<PeopleTables>();
  const found = await db.selectFrom("web_session").selectAll().where("secret_hash", "=", hashSecret(secret)).executeTakeFirst();
  const now = house.clock();
  if (!found || now - found.seen_at > idleMs || now - found.created_at > longestMs) return undefined;
  const facts = await findPersonFacts(house.store, found.person_id, found.organisation_id);
  if (!facts?.active) return undefined;
  if (now - found.seen_at > 60_000) {
    await db.updateTable("web_session").set({ seen_at: now }).where("secret_hash", "=", found.secret_hash).execute();
  }
  return {
    session: house.gate.personSession(facts, heldPurpose(facts, found.purpose)),
    csrf: found.csrf,
    mustChangePassword: await mustChange(facts.id, house),
  };
}

/** Puts another organisation or purpose of the person's own in force. */
export async function choosePurpose(
  session: Session,
  cookie: string,
  input: { organisation: string; purpose: string },
  house: House,
): Promise<void> {
  const person = session.person;
  if (!person) throw peopleError("sign-in-failed", {});
  await session.perform(peopleActions.choosePurpose, null, async (scope) => {
    const facts = await findPersonFacts(scope.records, person.id, input.organisation);
    if (!facts) throw peopleError("not-your-organisation", {});
    const allowed = purposesOf(facts.roles);
    const purpose = isPurpose(input.purpose) && allowed.includes(input.purpose) ? input.purpose : undefined;
    if (purpose === undefined && (input.purpose !== "" || allowed.length > 0)) throw peopleError("not-your-purpose", {});
    await scope.transaction(async (records) => {
      await records
        .as<PeopleTables>()
        .updateTable("web_session")
        .set({ organisation_id: input.organisation, purpose: purpose ?? null, seen_at: house.clock() })
        .where("secret_hash", "=", hashSecret(cookie))
        .execute();
    });
  });
}

export async function signOut(session: Session, cookie: string): Promise<void> {
  await session.perform(peopleActions.signOut, null, (scope) =>
    scope.transaction(async (records) => {
      await records.as<PeopleTables>().deleteFrom("web_session").where("secret_hash", "=", hashSecret(cookie)).execute();
    }),
  );
}

/** A token bound to the person, their organisation and one purpose, for the API and the command line; at most 90 days. */
export async function issueToken(
  session: Session,
  input: { name: string; purpose: string; days: number },
  house: House,
): Promise<{ token: string; expiresAt: number }> {
  const person = session.person;
  if (!person) throw peopleError("sign-in-failed", {});
  return session.perform(peopleActions.issueToken, null, (scope) =>
    scope.transaction(async (records) => {
      if (input.purpose !== "" && !(isPurpose(input.purpose) && purposesOf(person.roles).includes(input.purpose)))
        throw peopleError("not-your-purpose", {});
      const token = `gh_${newSecret()}`;
      const now = house.clock();
      const days = Number.isFinite(input.days) ? Math.trunc(input.days) : 1;
      const expiresAt = now + Math.min(90, Math.max(1, days)) * 86_400_000;
      await records
        .as<PeopleTables>()
        .insertInto("api_token")
        .values({
          secret_hash: hashSecret(token),
          person_id: person.id,
          organisation_id: person.organisation,
          purpose: isPurpose(input.purpose) ? input.purpose : null,
          name: input.name.slice(0, 100),
          created_at: now,
          expires_at: expiresAt,
        })
        .execute();
      return { token, expiresAt };
    }),
  );
}

/** Checks credentials for the command line and gives a token for them. */
export async function logIn(
  input: Credentials & { purpose: string },
  house: House,
): Promise<{ token: string; expiresAt: number }> {
  const { person, organisation } = await checkCredentials(input, house);
  const facts = await findPersonFacts(house.store, person, organisation);
  if (!facts) throw peopleError("sign-in-failed", {});
  if (await mustChange(person, house)) throw peopleError("must-change", {});
  return issueToken(
    house.gate.personSession(facts, null),
    { name: "command line", purpose: input.purpose || (purposesOf(facts.roles)[0] ?? ""), days: 1 },
    house,
  );
}

async function mustChange(person: string, house: House): Promise<boolean> {
  const db = house.store.as<PeopleTables>();
  const row = await db.selectFrom("person").select("must_change").where("id", "=", person).executeTakeFirst();
  return row?.must_change === 1;
}

export async function resumeToken(token: string, house: House): Promise<Session | undefined> {
  const found = await house.store
    .as<PeopleTables>()
    .selectFrom("api_token")
    .selectAll()
    .where("secret_hash", "=", hashSecret(token))
    .executeTakeFirst();
  if (!found || found.expires_at < house.clock()) return undefined;
  const facts = await findPersonFacts(house.store, found.person_id, found.organisation_id);
  return facts?.active ? house.gate.personSession(facts, heldPurpose(facts, found.purpose)) : undefined;
}

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** A purpose stays in force only while a role of the person holds it. */
function heldPurpose(facts: PersonFacts, purpose: Purpose | null): Purpose | null {
  return purpose !== null && purposesOf(facts.roles).includes(purpose) ? purpose : null;
}

/**
 * Finds whose credentials these are. A try is counted before the password is looked at, in one statement, so that tries at
 * once count too; ten in 15 minutes from one address pause it for the account, a hundred from anywhere pause the account,
 * and a hundred failures from one address pause the address.
 * Every failure goes on record, with the account where there is one and never with what was typed.
 */
async function checkCredentials(input: Credentials, house: House): Promise<{ person: string; organisation: string }> {
  const db = house.store.as<PeopleTables>();
  const email = input.email.trim().toLowerCase().slice(0, 320);
  const person = await db.selectFrom("person").selectAll().where("email", "=", email).executeTakeFirst();
  const fail = async (key: "sign-in-failed" | "sign-in-paused") => {
    await house.gate.noteRefusal(peopleActions.signIn, {
      person: person?.id ?? null,
      reason: key === "sign-in-paused" ? "limit" : "account",
    });
    return peopleError(key, {});
  };
  const everywhere = `from ${input.address}`;
  const tries = [
    await countTry(`${email} ${input.address}`, house),
    await countTry(email, house),
    await countTry(everywhere, house),
  ] as const;
  if (tries[0] > mostFailures || tries[1] > mostAnywhere || tries[2] > mostAnywhere) throw await fail("sign-in-paused");
  const right = await checkPassword(input.password.slice(0, 1000), person?.password);
  const [membership] = person ? await listMemberships(house.store, person.id) : [];
  if (!right || person?.state !== "active" || !membership) throw await fail("sign-in-failed");
  await db
    .deleteFrom("failed_sign_in")
    .where("email", "in", [email, `${email} ${input.address}`])
    .execute();
  await db // a success is no failure; those before it from the same address still are
    .updateTable("failed_sign_in")
    .set((set) => ({ count: set("count", "-", 1) }))
    .where("email", "=", everywhere)
    .execute();
  await db
    .deleteFrom("failed_sign_in")
    .where("last_at", "<", house.clock() - 86_400_000)
    .execute();
  await db
    .deleteFrom("web_session")
    .where("created_at", "<", house.clock() - longestMs)
    .execute();
  return { person: person.id, organisation: membership.organisation };
}

/** Counts a try at a person's own password by a session that is theirs; fails with `people.sign-in-paused` after ten. */
export async function countOwnTry(person: string, house: House): Promise<void> {
  if ((await countTry(`own ${person}`, house)) > mostFailures) throw peopleError("sign-in-paused", {});
}

export async function forgetOwnTries(person: string, house: House): Promise<void> {
  await house.store.as<PeopleTables>().deleteFrom("failed_sign_in").where("email", "=", `own ${person}`).execute();
}

async function countTry(key: string, house: House): Promise<number> {
  const now = house.clock();
  const row = await house.store
    .as<PeopleTables>()
    .insertInto("failed_sign_in")
    .values({ email: key, count: 1, last_at: now })
    .onConflict((conflict) =>
      conflict.column("email").doUpdateSet((set) => ({
        count: set
          .case()
          .when("failed_sign_in.last_at", ">", now - pauseMs)
          .then(set("failed_sign_in.count", "+", 1))
          .else(1)
          .end(),
        last_at: now,
      })),
    )
    .returning("count")
    .executeTakeFirstOrThrow();
  return row.count;
}
