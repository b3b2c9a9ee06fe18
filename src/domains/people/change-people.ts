import { isRole, type House, type Role, type Session } from "../../access/index.ts";
import type { Records } from "../../store/index.ts";
import { peopleActions } from "./actions.ts";
import { checkedPassword } from "./add-people.ts";
import { peopleError } from "./errors.ts";
import { checkPassword, hashPassword } from "./password.ts";
import { countOwnTry, forgetOwnTries, hashSecret } from "./sign-in.ts";
import type { PeopleTables } from "./store.ts";

/** Suspends an account or opens it again. A suspended person's sessions and tokens end at once. */
export async function setState(session: Session, person: string, state: "active" | "suspended", house: House): Promise<void> {
  await session.perform(
    peopleActions.suspend,
    { kind: "person", id: person, organisation: await ownerOf(session, person, house) },
    (scope) =>
      scope.transaction(async (records) => {
        if (person === session.person?.id) throw peopleError("not-yourself", {});
        const db = records.as<PeopleTables>();
        await db.updateTable("person").set({ state }).where("id", "=", person).execute();
        if (state === "suspended") await endAccess(records, person);
      }),
  );
}

/** Sets what a person may do for the session's organisation; no role takes them out of it. Open sessions end at once. */
export async function setRoles(session: Session, person: string, roles: readonly string[], house: House): Promise<void> {
  const organisation = session.organisation ?? "";
  await session.perform(
    peopleActions.setRoles,
    { kind: "person", id: person, organisation: await ownerOf(session, person, house) },
    (scope) =>
      scope.transaction(async (records) => {
        if (person === session.person?.id) throw peopleError("not-yourself", {});
        const known: Role[] = roles.map((role) => {
          if (!isRole(role)) throw peopleError("unknown-role", { role });
          return role;
        });
        const db = records.as<PeopleTables>();
        await db.deleteFrom("membership").where("person_id", "=", person).where("organisation_id", "=", organisation).execute();
        for (const role of new Set(known))
          await db.insertInto("membership").values({ person_id: person, organisation_id: organisation, role }).execute();
        await endAccess(records, person, organisation);
      }),
  );
}

/**
 * Changes the session's own password. Every other session and every token of the person ends. Ten wrong tries pause it,
 * so that who took over a session does not guess the password with it.
 */
export async function changePassword(
  session: Session,
  cookie: string,
  input: { now: string; next: string },
  house: House,
): Promise<void> {
  const person = session.person?.id ?? "";
  await session.perform(peopleActions.changePassword, null, async (scope) => {
    const held = await scope.records
      .as<PeopleTables>()
      .selectFrom("person")
      .select("password")
      .where("id", "=", person)
      .executeTakeFirst();
    await countOwnTry(person, house);
    if (!(await checkPassword(input.now.slice(0, 1000), held?.password)))
      throw peopleError("wrong-password", {}, { now: "This is not your password." });
    await forgetOwnTries(person, house);
    if (input.next === input.now) throw peopleError("same-password", {}, { next: "Choose another one." });
    const password = await hashPassword(checkedPassword(input.next));
    await scope.transaction(async (records) => {
      const db = records.as<PeopleTables>();
      await db.updateTable("person").set({ password, must_change: 0 }).where("id", "=", person).execute();
      await db.deleteFrom("web_session").where("person_id", "=", person).where("secret_hash", "<>", hashSecret(cookie)).execute();
      await db.deleteFrom("api_token").where("person_id", "=", person).execute();
    });
  });
}

/** The session's own tokens, which are known by name and dates alone. */
export async function listTokens(
  session: Session,
): Promise<readonly { id: string; name: string; createdAt: number; expiresAt: number }[]> {
  return session.perform(peopleActions.issueToken, null, async (scope) => {
    const rows = await scope.records
      .as<PeopleTables>()
      .selectFrom("api_token")
      .select(["secret_hash", "name", "created_at", "expires_at"])
      .where("person_id", "=", session.person?.id ?? "")
      .orderBy("created_at")
      .execute();
    return rows.map((row) => ({
      id: row.secret_hash.slice(0, 16),
      name: row.name,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  });
}

/** Ends one of the session's own tokens. */
export async function revokeToken(session: Session, id: string): Promise<void> {
  await session.perform(peopleActions.revokeToken, null, (scope) =>
    scope.transaction(async (records) => {
      await records
        .as<PeopleTables>()
        .deleteFrom("api_token")
        .where("person_id", "=", session.person?.id ?? "")
        .where("secret_hash", "like", `${id.replaceAll(/[^0-9a-f]/g, "")}%`)
        .execute();
    }),
  );
}

async function endAccess(records: Records, person: string, organisation?: string): Promise<void> {
  for (const table of ["web_session", "api_token"] as const) {
    let query = records.as<PeopleTables>().deleteFrom(table).where("person_id", "=", person);
    if (organisation !== undefined) query = query.where("organisation_id", "=", organisation);
    await query.execute();
  }
}

/** The organisation through which the session may change this person: its own, when the person belongs to it. */
async function ownerOf(session: Session, person: string, house: House): Promise<string | null> {
  if (session.kind === "operator") return null;
  const row = await house.store
    .as<PeopleTables>()
    .selectFrom("membership")
    .select("organisation_id")
    .where("person_id", "=", person)
    .where("organisation_id", "=", session.organisation ?? "")
    .executeTakeFirst();
  return row?.organisation_id ?? "another";
}
