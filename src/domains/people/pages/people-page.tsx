import { roles, type Page, type PageContent } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import {
  Checkboxes,
  DataTable,
  Details,
  errorSummary,
  Input,
  page,
  PasswordInput,
  PostForm,
  Select,
} from "../../../kit/index.ts";
import { peopleActions } from "../actions.ts";
import { addOrganisation, addPerson } from "../add-people.ts";
import { listOrganisations } from "../find-person.ts";
import type { PeopleTables } from "../store.ts";
import { organisationKinds } from "./organisation-kinds.ts";

export const peopleListPages: readonly Page[] = [
  {
    method: "GET",
    path: "/people",
    handle: async ({ session, csrf }) => page(await peopleContent({ session, csrf, form: {} })),
  },
  {
    method: "POST",
    path: "/people",
    handle: async ({ session, house, csrf, form, forms }) => {
      try {
        const memberships = [{ organisation: session.organisation ?? "", roles: forms["roles"] ?? [] }];
        await addPerson(
          session,
          { name: form["name"] ?? "", email: form["email"] ?? "", password: form["password"] ?? "", memberships },
          house,
        );
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
        return page(await peopleContent({ session, csrf, form, error }), 400);
      }
      return { kind: "redirect", to: "/people", flash: `${form["name"] ?? "The person"} can sign in now.` };
    },
  },
  {
    method: "POST",
    path: "/organisations",
    handle: async ({ session, house, csrf, form }) => {
      try {
        const kind = organisationKinds.find(({ value }) => value === form["kind"])?.value ?? "other";
        await addOrganisation(session, { name: form["organisation"] ?? "", kind }, house);
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
        return page(await peopleContent({ session, csrf, form, error }), 400);
      }
      return {
        kind: "redirect",
        to: "/people",
        flash: `${form["organisation"] ?? "The organisation"} is a partner in this hub now.`,
      };
    },
  },
];

async function peopleContent(state: {
  session: Parameters<Page["handle"]>[0]["session"];
  csrf: string;
  form: Readonly<Record<string, string>>;
  error?: GuildhallError;
}): Promise<PageContent> {
  const { session, csrf, form, error } = state;
  const { persons, organisations } = await session.perform(peopleActions.list, null, async (scope) => {
    const db = scope.records.as<PeopleTables>();
    const own = await db
      .selectFrom("person")
      .innerJoin("membership", "membership.person_id", "person.id")
      .select(["person.id", "person.name", "person.email", "person.state", "membership.role"])
      .where("membership.organisation_id", "=", session.organisation ?? "")
      .orderBy("person.name")
      .execute();
    const byPerson = [...Map.groupBy(own, (row) => row.id).values()];
    return {
      persons: byPerson.map((rows) => ({
        id: rows[0]?.id ?? "",
        name: rows[0]?.name ?? "",
        email: rows[0]?.email ?? "",
        state: rows[0]?.state ?? "",
        roles: rows.map((row) => roles[row.role]).join(", "),
      })),
      organisations: await listOrganisations(scope.records),
    };
  });
  const mayAdd = session.may(peopleActions.addPerson, session.organisation);
  return {
    title: "People and roles",
    lede: `Accounts of ${session.person?.organisationName ?? "your organisation"}. A role says what a person may do; a purpose and a need say when.`,
    ...errorSummary(error, "name"),
    body: (
      <>
        <DataTable
          caption="Accounts"
          rows={persons}
          empty="There are no accounts yet."
          columns={[
            {
              key: "name",
              title: "Name",
              names: true,
              cell: (person) =>
                mayAdd ? (
                  <a class="govuk-link" href={`/people/${person.id}`}>
                    {person.name}
                  </a>
                ) : (
                  person.name
                ),
            },
            { key: "email", title: "Email address", cell: (person) => person.email },
            { key: "roles", title: "Roles", cell: (person) => person.roles },
            { key: "state", title: "State", cell: (person) => (person.state === "active" ? "Active" : "Suspended") },
          ]}
        />
        {mayAdd ? (
          <Details summary="Add a person" open={error !== undefined && form["organisation"] === undefined}>
            <PostForm action="/people" csrf={csrf} button="Add the person">
              <Input name="name" label="Name" value={form["name"]} error={error?.fields["name"]} />
              <Input name="email" label="Email address" type="email" value={form["email"]} error={error?.fields["email"]} />
              <PasswordInput
                name="password"
                label="First password"
                hint="At least 12 characters. Tell it to them in person."
                error={error?.fields["password"]}
              />
              <Checkboxes name="roles" legend="Roles" items={Object.entries(roles).map(([value, text]) => ({ value, text }))} />
            </PostForm>
          </Details>
        ) : null}
        <DataTable
          caption="Organisations in this hub"
          rows={organisations}
          empty="There are no organisations yet."
          columns={[
            { key: "name", title: "Organisation", names: true, cell: (organisation) => organisation.name },
            {
              key: "kind",
              title: "Kind",
              cell: (organisation) =>
                organisationKinds.find(({ value }) => value === organisation.kind)?.text ?? organisation.kind,
            },
          ]}
        />
        {mayAdd ? (
          <Details summary="Add a partner organisation" open={error !== undefined && form["organisation"] !== undefined}>
            <PostForm action="/organisations" csrf={csrf} button="Add the organisation">
              <Input
                name="organisation"
                label="Name of the organisation"
                value={form["organisation"]}
                error={form["organisation"] === undefined ? undefined : error?.message}
              />
              <Select name="kind" label="Kind" items={organisationKinds.map(({ value, text }) => ({ value, text }))} />
            </PostForm>
          </Details>
        ) : null}
      </>
    ),
  };
}
