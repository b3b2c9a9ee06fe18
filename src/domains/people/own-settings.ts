import type { House, Session } from "../../access/index.ts";
import { peopleActions } from "./actions.ts";
import { listMemberships, type Membership } from "./find-person.ts";
import { hashSecret, idleMs, longestMs } from "./sign-in.ts";
import type { PeopleTables } from "./store.ts";

/** A place where the person is signed in; its secret is never told. */
export interface OwnSession {
  readonly id: string;
  readonly since: number;
  readonly seenAt: number;
  /** The one that asks. */
  readonly here: boolean;
}

export interface OwnSettings {
  readonly email: string;
  readonly memberships: readonly Membership[];
  readonly sessions: readonly OwnSession[];
  readonly tokens: number;
}

const idLength = 16;

/** The session's own account: what is recorded of it, and where it is signed in now. */
export async function showSettings(session: Session, cookie: string, house: House): Promise<OwnSettings> {
  const person = session.person?.id ?? "";
  return session.perform(peopleActions.showSettings, null, async ({ records }) => {
    const db = records.as<PeopleTables>();
    const now = house.clock();
    const { email } = await db.selectFrom("person").select("email").where("id", "=", person).executeTakeFirstOrThrow();
    const live = await db
      .selectFrom("web_session")
      .select(["secret_hash", "created_at", "seen_at"])
      .where("person_id", "=", person)
      .where("seen_at", ">=", now - idleMs)
      .where("created_at", ">=", now - longestMs)
      .orderBy("seen_at", "desc")
      .limit(50)
      .execute();
    const { tokens } = await db
      .selectFrom("api_token")
      .select((select) => select.fn.countAll<number>().as("tokens"))
      .where("person_id", "=", person)
      .where("expires_at", ">", now)
      .executeTakeFirstOrThrow();
    const here = hashSecret(cookie);
    return {
      email,
      memberships: await listMemberships(records, person),
      sessions: live.map((row) => ({
        id: row.secret_hash.slice(0, idLength),
        since: row.created_at,
        seenAt: row.seen_at,
        here: row.secret_hash === here,
      })),
      tokens,
    };
  });
}

/** Ends one of the person's other sessions, or all of them. The one that asks goes on: signing out ends it. */
export async function endSessions(session: Session, cookie: string, which: { id: string } | "all"): Promise<void> {
  await session.perform(peopleActions.endSession, null, (scope) =>
    scope.transaction(async (records) => {
      let query = records
        .as<PeopleTables>()
        .deleteFrom("web_session")
        .where("person_id", "=", session.person?.id ?? "")
        .where("secret_hash", "<>", hashSecret(cookie));
      if (which !== "all")
        query = query.where("secret_hash", "like", `${which.id.replaceAll(/[^0-9a-f]/g, "").padEnd(idLength, "-")}%`);
      await query.execute();
    }),
  );
}
