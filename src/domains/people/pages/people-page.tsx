import { roles, type Page, type PageContent, type PageRequest } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Checkboxes,
  DataTable,
  Details,
  EmptyState,
  errorSummary,
  FilterForm,
  Input,
  page,
  pageFrom,
  PageLinks,
  PasswordInput,
  PostForm,
  rangeText,
  Select,
} from "../../../kit/index.ts";
import { peopleActions } from "../actions.ts";
import { addOrganisation, addPerson } from "../add-people.ts";
import { listPeople } from "../list-people.ts";
import { organisationKinds } from "./organisation-kinds.ts";

export const peopleListPages: readonly Page[] = [
  {
    method: "GET",
    path: "/people",
    handle: async (request) => page(await peopleContent(request)),
  },
  {
    method: "POST",
    path: "/people",
    handle: async (request) => {
      const { session, house, form, forms } = request;
      try {
        const memberships = [{ organisation: session.organisation ?? "", roles: forms["roles"] ?? [] }];
        await addPerson(
          session,
          { name: form["name"] ?? "", email: form["email"] ?? "", password: form["password"] ?? "", memberships },
          house,
        );
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(await peopleContent(request, error), 400);
      }
      return { kind: "redirect", to: "/people", flash: `${form["name"] ?? "The person"} can sign in now.` };
    },
  },
  {
    method: "POST",
    path: "/organisations",
    handle: async (request) => {
      const { session, house, form } = request;
      try {
        const kind = organisationKinds.find(({ value }) => value === form["kind"])?.value ?? "other";
        await addOrganisation(session, { name: form["organisation"] ?? "", kind }, house);
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(await peopleContent(request, error), 400);
      }
      return {
        kind: "redirect",
        to: "/people",
        flash: `${form["organisation"] ?? "The organisation"} is a partner in this hub now.`,
      };
    },
  },
];

async function peopleContent(
  { session, csrf, form, query }: Pick<PageRequest, "session" | "csrf" | "form" | "query">,
  error?: GuildhallError,
): Promise<PageContent> {
  const words = (query["words"] ?? "").trim().slice(0, 200);
  const { found, organisations } = await listPeople(session, { words, page: pageFrom(query) });
  const mayAdd = session.may(peopleActions.addPerson, session.organisation);
  return {
    title: "People and roles",
    lede: `Accounts of ${session.person?.organisationName ?? "your organisation"}. A role says what a person may do; a purpose and a need say when.`,
    ...errorSummary(error, "name"),
    body: (
      <>
        {found.total > found.size || words !== "" ? (
          <FilterForm action="/people" button="Find" {...(words === "" ? {} : { clearHref: "/people" })}>
            <Input name="words" label="Find a person" hint="By name or email address." value={words} type="search" />
          </FilterForm>
        ) : null}
        <DataTable
          caption="Accounts"
          count={found.total > found.size ? rangeText(found, "account") : undefined}
          rows={found.rows}
          empty={
            <EmptyState title={words === "" ? "No accounts yet" : `Nobody found for “${words}”`}>
              {words === "" ? "Add the first person below." : "Try part of the name, or part of the email address."}
            </EmptyState>
          }
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
            { key: "roles", title: "Roles", cell: (person) => person.roles.map((role) => roles[role]).join(", ") },
            { key: "state", title: "State", cell: (person) => (person.state === "active" ? "Active" : "Suspended") },
          ]}
        />
        <PageLinks of={found} path="/people" query={{ words }} />
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
