import type { Role, Session } from "../../access/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import { peopleActions } from "./actions.ts";
import { listOrganisations } from "./find-person.ts";
import type { PeopleTables } from "./store.ts";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: "active" | "suspended";
  readonly roles: readonly Role[];
}

/** The accounts of the session's organisation by name, a page at a time, and the organisations of the hub. */
export async function listPeople(
  session: Session,
  search: { words: string; page: number },
): Promise<{ found: PageOf<Account>; organisations: readonly PeopleTables["organisation"][] }> {
  return session.perform(peopleActions.list, null, async ({ records }) => {
    const members = membersOf(records, session.organisation ?? "", search.words);
    const found = await readPage(search.page, {
      count: async () =>
        (await members.select((select) => select.fn.countAll<number>().as("count")).executeTakeFirstOrThrow()).count,
      rows: async ({ offset, limit }) => {
        const rows = await members
          .select(["id", "name", "email", "state"])
          .orderBy("name")
          .orderBy("id")
          .limit(limit)
          .offset(offset)
          .execute();
        const held = await rolesOf(
          records,
          session.organisation ?? "",
          rows.map(({ id }) => id),
        );
        return rows.map((row) => ({ ...row, roles: held.get(row.id)?.map(({ role }) => role) ?? [] }));
      },
    });
    return { found, organisations: await listOrganisations(records) };
  });
}

function membersOf(records: Records, organisation: string, words: string) {
  let query = records
    .as<PeopleTables>()
    .selectFrom("person")
    .where((where) =>
      where.exists(
        where
          .selectFrom("membership")
          .select("role")
          .whereRef("membership.person_id", "=", "person.id")
          .where("membership.organisation_id", "=", organisation),
      ),
    );
  for (const word of words.split(/\s+/).filter(Boolean)) {
    query = query.where((where) => where.or([where("name", "like", `%${word}%`), where("email", "like", `%${word}%`)]));
  }
  return query;
}

async function rolesOf(records: Records, organisation: string, people: readonly string[]) {
  const rows = await records
    .as<PeopleTables>()
    .selectFrom("membership")
    .select(["person_id", "role"])
    .where("organisation_id", "=", organisation)
    .where("person_id", "in", people)
    .orderBy("role")
    .execute();
  return Map.groupBy(rows, (row) => row.person_id);
}
