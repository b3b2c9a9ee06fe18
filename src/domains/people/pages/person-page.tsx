import { roles, type Page, type PageContent, type Session } from "../../../access/index.ts";
import { Checkboxes, page, PostForm } from "../../../kit/index.ts";
import { peopleActions } from "../actions.ts";
import { listMemberships } from "../find-person.ts";
import { setRoles, setState } from "../change-people.ts";
import { peopleError } from "../errors.ts";
import type { PeopleTables } from "../store.ts";

export const personPages: readonly Page[] = [
  {
    method: "GET",
    path: "/people/:id",
    handle: async ({ session, params, csrf }) => page(await personContent(session, params["id"] ?? "", csrf)),
  },
  {
    method: "POST",
    path: "/people/:id/roles",
    handle: async ({ session, house, params, forms }) => {
      await setRoles(session, params["id"] ?? "", forms["roles"] ?? [], house);
      return { kind: "redirect", to: "/people", flash: "The roles were changed. Open sessions of that person have ended." };
    },
  },
  {
    method: "POST",
    path: "/people/:id/state",
    handle: async ({ session, house, params, form }) => {
      const state = form["state"] === "active" ? "active" : "suspended";
      await setState(session, params["id"] ?? "", state, house);
      const flash =
        state === "active" ? "The account is open again." : "The account is suspended. Its sessions and tokens have ended.";
      return { kind: "redirect", to: "/people", flash };
    },
  },
];

async function personContent(session: Session, id: string, csrf: string): Promise<PageContent> {
  const found = await session.perform(peopleActions.list, { kind: "person", id, organisation: null }, async (scope) => {
    const db = scope.records.as<PeopleTables>();
    const person = await db.selectFrom("person").select(["id", "name", "email", "state"]).where("id", "=", id).executeTakeFirst();
    const held = (await listMemberships(scope.records, id)).find(({ organisation }) => organisation === session.organisation);
    if (!person || !held) throw peopleError("no-person", {});
    return { ...person, roles: held.roles };
  });
  const active = found.state === "active";
  return {
    title: found.name,
    lede: found.email,
    state: active ? { text: "Active", tone: "good" } : { text: "Suspended", tone: "stop" },
    crumbs: [{ text: "People and roles", href: "/people" }],
    body: (
      <>
        <PostForm action={`/people/${id}/roles`} csrf={csrf} button="Change the roles">
          <Checkboxes
            name="roles"
            legend="Roles"
            hint="With none, the person no longer belongs to your organisation."
            values={[...found.roles]}
            items={Object.entries(roles).map(([value, text]) => ({ value, text }))}
          />
        </PostForm>
        <PostForm
          action={`/people/${id}/state`}
          csrf={csrf}
          button={active ? "Suspend the account" : "Open the account again"}
          warning={active}
          secondary={!active}
        >
          <input type="hidden" name="state" value={active ? "suspended" : "active"} />
        </PostForm>
      </>
    ),
  };
}
