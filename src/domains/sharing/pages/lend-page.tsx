import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { page, PostForm, Select } from "../../../kit/index.ts";
import { getType, type Mask } from "../../../vocabulary/index.ts";
import { findEntry, listFields } from "../../catalogue/index.ts";
import { getAgreement, setItem } from "../agreements.ts";
import { sharingError } from "../errors.ts";
import { uses, type Use } from "../model.ts";

export const lendPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements/:id/lend",
    handle: async ({ session, house, params, query, csrf }) =>
      page(await lendContent(session, params["id"] ?? "", query, house, csrf)),
  },
  {
    method: "POST",
    path: "/agreements/:id/lend",
    handle: async ({ session, params, form }) => {
      const id = params["id"] ?? "";
      const columns = Object.entries(form)
        .filter(([name, value]) => /^c\d+$/.test(name) && value !== "")
        .map(([name, value]) => ({ number: Number(name.slice(1)), mask: value as Mask }));
      if (columns.length === 0 && form["remove"] !== "yes") throw sharingError("no-columns", {});
      await setItem(session, id, { dataset: form["dataset"] ?? "", use: (form["use"] ?? "care") as Use, columns });
      return {
        kind: "redirect",
        to: `/agreements/${id}`,
        flash: columns.length === 0 ? "It is no longer lent." : "What is lent was saved.",
      };
    },
  },
];

async function lendContent(
  session: Session,
  id: string,
  query: Readonly<Record<string, string>>,
  house: House,
  csrf: string,
): Promise<PageContent> {
  const { agreement } = await getAgreement(session, id, house);
  const use: Use = query["use"] === "planning" || query["use"] === "matching" ? query["use"] : "care";
  const entry = await findEntry(house.store, query["dataset"] ?? "");
  if (entry?.organisation !== session.organisation) throw sharingError("not-your-dataset", {});
  const fields = await listFields(house.store, entry.datasetId);
  const held = agreement.terms.items.find((item) => item.dataset === entry.datasetId && item.use === use);
  return {
    title: `Lend “${entry.title}”`,
    lede: `${uses[use].label}. Columns that are left out do not exist for the other party.`,
    crumbs: [
      { text: "Agreements", href: "/agreements" },
      { text: agreement.terms.title, href: `/agreements/${id}` },
    ],
    body: (
      <PostForm
        action={`/agreements/${id}/lend`}
        csrf={csrf}
        button="Save what is lent"
        beside={
          <a class="govuk-link" href={`/agreements/${id}`}>
            Back to the agreement
          </a>
        }
      >
        <input type="hidden" name="dataset" value={entry.datasetId} />
        <input type="hidden" name="use" value={use} />
        {fields.map((field) => {
          const mask = getType(field.type).mask;
          return (
            <Select
              name={`c${field.number}`}
              label={field.name}
              hint={`${getType(field.type).label}, ${field.class}`}
              value={held?.columns.find((column) => column.number === field.number)?.mask ?? ""}
              items={[
                { value: "", text: "Left out" },
                { value: "clear", text: use === "matching" ? "Used for matching, never shown" : "Shown as it is" },
                ...(use !== "matching" && mask !== "clear" && mask !== "null" ? [{ value: mask, text: `Masked (${mask})` }] : []),
              ]}
            />
          );
        })}
      </PostForm>
    ),
  };
}
