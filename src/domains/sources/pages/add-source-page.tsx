import type { Page, PageContent, PageRequest } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { Checkboxes, Details, errorSummary, FileUpload, Input, page, PostForm } from "../../../kit/index.ts";
import { addSource } from "../add-source.ts";
import { withoutPassword } from "../database-place.ts";
import { readUrl } from "../fetch-url.ts";
import { uploaded } from "./uploaded.ts";

export const addSourcePages: readonly Page[] = [
  { method: "GET", path: "/sources/new", handle: async ({ csrf }) => page(newContent(csrf, {})) },
  {
    method: "POST",
    path: "/sources/new",
    upload: true,
    handle: async (request) => {
      try {
        const added = await addSources(request);
        return { kind: "redirect", to: added.length === 1 ? `/sources/${added[0] ?? ""}` : "/sources" };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(newContent(request.csrf, request.form, error), 400);
      }
    },
  },
];

/** Each chosen file becomes a source; the name written on the form is for a single one. */
async function addSources(request: PageRequest): Promise<readonly string[]> {
  const { session, house, form, files } = request;
  const url = form["url"]?.trim() ?? "";
  const facts = {
    organisation: session.organisation ?? "",
    owner: form["owner"]?.trim() ? form["owner"].trim() : null,
    dpia: form["dpia"] ?? "",
  };
  if (files.every(({ name }) => name === "") && url !== "") {
    const name = form["name"]?.trim() ? form["name"] : (readUrl(url).pathname.split("/").at(-1) || url).slice(0, 100);
    return [(await addSource(session, { ...facts, name, files: [], url }, house)).source.id];
  }
  const chosen = uploaded(request);
  if (form["together"] === "yes") {
    const name = form["name"]?.trim() ? form["name"] : (chosen[0]?.name.replace(/\.[^.]+$/, "") ?? "");
    return [(await addSource(session, { ...facts, name, files: chosen, kind: "append" }, house)).source.id];
  }
  const added: string[] = [];
  for (const file of chosen) {
    const own = file.name.replace(/\.[^.]+$/, "");
    const { source } = await addSource(
      session,
      {
        ...facts,
        name: chosen.length === 1 && form["name"]?.trim() ? form["name"] : own,
        files: [file],
      },
      house,
    );
    added.push(source.id);
  }
  return added;
}

function newContent(csrf: string, form: Readonly<Record<string, string>>, error?: GuildhallError): PageContent {
  const field = Object.keys(error?.fields ?? {})[0] ?? "file";
  return {
    title: "Add a source",
    lede: "Choose files that your systems export. The hub counts every row and says what each column is.",
    crumbs: [{ text: "Sources", href: "/sources" }],
    ...errorSummary(error, "file"),
    body: (
      <>
        <PostForm
          action="/sources/new"
          csrf={csrf}
          button="Load the file"
          multipart
          beside={
            <a class="govuk-link" href="/sources">
              Back to the sources
            </a>
          }
        >
          <FileUpload
            name="file"
            label="File, or several"
            multiple
            hint="CSV and other delimited text, Excel and OpenDocument workbooks, JSON, XML, GeoJSON or Parquet, also in a zip or gzip file. Each table becomes a source. Rows that cannot be read are set aside and kept."
            error={error?.fields["file"] ?? (error && field === "file" ? error.message : undefined)}
          />
          <Checkboxes
            name="together"
            items={[
              {
                value: "yes",
                text: "The files are parts of one dataset",
                hint: "Such as a file for each month or each counter. More can be added later, and each row says which file it came from.",
                checked: form["together"] === "yes",
              },
            ]}
          />
          <Input
            name="url"
            label="Or a web address"
            hint="An https:// address that needs no sign-in. It can be fetched again when it changes."
            value={withoutPassword(form["url"] ?? "")}
            error={error?.fields["url"]}
          />
          <Input
            name="name"
            label="Name"
            hint="What your colleagues call it. Left empty, or with several files, each takes its file’s name."
            value={form["name"]}
            error={error?.fields["name"]}
          />
          <Details summary="It describes people" open={Boolean(form["dpia"] || form["owner"])}>
            <Input name="owner" label="Information asset owner" hint="The person who answers for it." value={form["owner"]} />
            <Input
              name="dpia"
              label="Impact assessment"
              hint="The reference of the approved one that covers this data."
              value={form["dpia"]}
            />
          </Details>
        </PostForm>
        <p class="govuk-body">
          Is it in a PostgreSQL database?{" "}
          <a class="govuk-link" href="/sources/new/database">
            Load a table, a view or a query
          </a>
        </p>
      </>
    ),
  };
}
