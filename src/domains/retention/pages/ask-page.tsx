import type { House, Page, PageContent, PageRequest, Session } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, InsetText, page, PostForm, Radios, Select, Textarea } from "../../../kit/index.ts";
import { getEntry } from "../../catalogue/index.ts";
import { askChange } from "../changes.ts";

export const askPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/change",
    handle: async ({ session, house, params, csrf }) => page(await askContent(session, params["id"] ?? "", house, csrf, {})),
  },
  {
    method: "POST",
    path: "/datasets/:id/change",
    handle: async (request) => {
      const { session, house, params, form, csrf } = request;
      try {
        await askChange(session, changeFrom(request), house);
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(await askContent(session, params["id"] ?? "", house, csrf, form, error), 400);
      }
      return { kind: "redirect", to: "/changes", flash: "Asked for. Somebody else decides on it." };
    },
  },
];

function changeFrom({ params, form }: PageRequest) {
  const kind = form["kind"] === "correct" ? ("correct" as const) : ("erase" as const);
  return {
    kind,
    dataset: params["id"] ?? "",
    match: [{ column: form["column"] ?? "", value: form["value"] ?? "" }],
    set: form["set"] ? [{ column: form["set"], value: form["to"] ?? "" }] : [],
    reason: form["reason"] ?? "",
    law: form["law"] ?? "",
  };
}

async function askContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  form: Readonly<Record<string, string>>,
  error?: GuildhallError,
): Promise<PageContent> {
  const { entry, fields } = await getEntry(session, id, house);
  const columns = fields.map(({ name }) => ({ value: name, text: name }));
  return {
    title: "Erase or correct records",
    lede: `In every version of “${entry.title}”. Somebody else decides before anything happens.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${id}` },
    ],
    ...errorSummary(error, "column"),
    body: (
      <PostForm action={`/datasets/${id}/change`} csrf={csrf} button="Ask for it">
        <Radios
          name="kind"
          legend="What is to be done"
          items={[
            { value: "erase", text: "Erase the records" },
            { value: "correct", text: "Correct a cell of them" },
          ]}
          value={form["kind"] ?? "erase"}
        />
        <Select
          name="column"
          label="Column that tells the records"
          items={[{ value: "", text: "Choose a column" }, ...columns]}
          value={form["column"]}
          error={error?.fields["column"]}
        />
        <Input
          name="value"
          label="Its value"
          hint="As it stands there, or in another way of writing it that means the same."
          value={form["value"]}
          error={error?.fields["value"]}
        />
        <Select
          name="set"
          label="For a correction: the column that is wrong"
          items={[{ value: "", text: "None" }, ...columns]}
          value={form["set"]}
          error={error?.fields["set"]}
        />
        <Input name="to" label="For a correction: what is right" value={form["to"]} />
        <Textarea name="reason" label="Why" value={form["reason"]} error={error?.fields["reason"]} />
        <Input
          name="law"
          label="Under which law"
          hint="Such as “Article 17(1)(d) UK GDPR”."
          value={form["law"]}
          error={error?.fields["law"]}
        />
        <InsetText>
          Files that were exported or lent before, and backups, are not reached. The list says which organisations used the
          dataset and are to be told.
        </InsetText>
      </PostForm>
    ),
  };
}
