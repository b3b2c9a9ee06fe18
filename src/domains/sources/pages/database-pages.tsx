import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, page, PasswordInput, PostForm, Radios, SummaryList, Textarea } from "../../../kit/index.ts";
import { sourcesActions } from "../actions.ts";
import { addSource, refreshSource } from "../add-source.ts";
import { withoutPassword, type DatabaseAsk } from "../database-place.ts";
import { getDatabaseAsk, setDatabasePassword } from "../database.ts";
import { sourcesError } from "../errors.ts";
import { getSource } from "../sources.ts";

export const databasePages: readonly Page[] = [
  { method: "GET", path: "/sources/new/database", handle: async ({ csrf }) => page(newContent(csrf, {})) },
  {
    method: "POST",
    path: "/sources/new/database",
    handle: async ({ session, house, form, csrf }) => {
      const ask = askOf(form);
      try {
        const { source } = await addSource(
          session,
          {
            name: form["name"]?.trim() ? form["name"] : ask.kind === "table" ? ask.table.trim().slice(0, 100) : "",
            organisation: session.organisation ?? "",
            files: [],
            url: form["database"] ?? "",
            database: { ask, password: form["password"] ?? "" },
            owner: form["owner"]?.trim() ? form["owner"].trim() : null,
            dpia: form["dpia"] ?? "",
          },
          house,
        );
        return { kind: "redirect", to: `/sources/${source.id}` };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(newContent(csrf, form, error), 400);
      }
    },
  },
  {
    method: "GET",
    path: "/sources/:id/database",
    handle: async ({ session, house, params, csrf }) => page(await databaseContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/database",
    handle: async ({ session, house, params, form }) => {
      const source = await setDatabasePassword(session, params["id"] ?? "", form["password"] ?? "", house);
      await refreshSource(session, source.id, [], house);
      return { kind: "redirect", to: `/sources/${source.id}`, flash: "The password was set. It is being tried now." };
    },
  },
];

function askOf(form: Readonly<Record<string, string>>): DatabaseAsk {
  return form["ask"] === "query" ? { kind: "query", query: form["query"] ?? "" } : { kind: "table", table: form["table"] ?? "" };
}

/** The password is never given back, neither here nor anywhere else. */
function newContent(csrf: string, form: Readonly<Record<string, string>>, error?: GuildhallError): PageContent {
  return {
    title: "Add a database",
    lede: "A table, a view or a query of a PostgreSQL database, read as it is now and again whenever you want.",
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: "Add a source", href: "/sources/new" },
    ],
    ...errorSummary(error, "database"),
    body: (
      <PostForm
        action="/sources/new/database"
        csrf={csrf}
        button="Load from the database"
        beside={
          <a class="govuk-link" href="/sources/new">
            Add a file instead
          </a>
        }
      >
        <Input
          name="database"
          label="Address of the database"
          hint="postgres://user@host:5432/database. The user should be one that may read what you ask for, and nothing else."
          value={withoutPassword(form["database"] ?? "")}
          error={error?.fields["database"]}
        />
        <PasswordInput
          name="password"
          label="Its password"
          hint="Kept encrypted, and never shown again."
          autocomplete="new-password"
          error={error?.fields["password"]}
        />
        <Radios
          name="ask"
          legend="What to load"
          value={form["ask"] ?? "table"}
          items={[
            {
              value: "table",
              text: "A table or view, whole",
              conditional: (
                <Input
                  name="table"
                  label="Its name"
                  hint={'schema.table. Where capitals count, between double quotes: "Schema"."Table".'}
                  value={form["table"]}
                  error={error?.fields["table"]}
                />
              ),
            },
            {
              value: "query",
              text: "A query",
              conditional: (
                <Textarea
                  name="query"
                  label="One SELECT"
                  hint="One statement only. It is sent to that database as you write it, and may only read there. An ORDER BY lets the hub see when nothing has changed."
                  value={form["query"]}
                  error={error?.fields["query"]}
                />
              ),
            },
          ]}
        />
        <Input
          name="name"
          label="Name"
          hint="What your colleagues call it. Left empty, it takes the table’s name."
          value={form["name"]}
          error={error?.fields["name"]}
        />
        <Input
          name="owner"
          label="Information asset owner, if it describes people"
          hint="The person who answers for it."
          value={form["owner"]}
        />
        <Input
          name="dpia"
          label="Impact assessment, if it describes people"
          hint="The reference of the approved one that covers this data."
          value={form["dpia"]}
        />
      </PostForm>
    ),
  };
}

async function databaseContent(session: Session, id: string, house: House, csrf: string): Promise<PageContent> {
  const { source } = await getSource(session, id, house);
  const ask = await getDatabaseAsk(session, source);
  if (!ask) throw sourcesError("not-database", { name: source.name });
  return {
    title: "The database",
    lede: `Where “${source.name}” comes from.`,
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
    ],
    body: (
      <>
        <SummaryList
          rows={[
            { key: "Address", value: <code>{source.url}</code> },
            ask.kind === "table"
              ? { key: "Table or view", value: <code>{ask.table}</code> }
              : { key: "Query", value: <pre>{ask.query}</pre> },
            { key: "Password", value: "Kept encrypted" },
          ]}
        />
        {session.may(sourcesActions.password, source.organisation) ? (
          <PostForm
            action={`/sources/${source.id}/database`}
            csrf={csrf}
            button="Set the password and load"
            beside={
              <a class="govuk-link" href={`/sources/${source.id}`}>
                Back to the source
              </a>
            }
          >
            <PasswordInput name="password" label="New password" autocomplete="new-password" />
          </PostForm>
        ) : null}
      </>
    ),
  };
}
