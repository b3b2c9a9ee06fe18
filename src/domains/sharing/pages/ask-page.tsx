import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, InsetText, page, PostForm, Radios, Textarea } from "../../../kit/index.ts";
import { getEntry } from "../../catalogue/index.ts";
import { askForAccess } from "../access-requests.ts";
import { sharingError } from "../errors.ts";
import { uses } from "../model.ts";
import { nameOrganisations } from "./name-organisations.ts";

export const askPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/ask",
    handle: async ({ session, house, params, csrf }) => page(await askContent(session, params["id"] ?? "", house, csrf, {})),
  },
  {
    method: "POST",
    path: "/datasets/:id/ask",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      try {
        const said = { use: form["use"] ?? "", why: form["why"] ?? "", needs: form["needs"] ?? "" };
        const request = await askForAccess(session, id, said, house);
        return { kind: "redirect", to: `/access-requests/${request}`, flash: "Its owner has your request." };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(await askContent(session, id, house, csrf, form, error), error.kind === "conflict" ? 409 : 400);
      }
    },
  },
];

async function askContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  form: Readonly<Record<string, string>>,
  error?: GuildhallError,
): Promise<PageContent> {
  const { entry, own } = await getEntry(session, id, house);
  if (own) throw sharingError("own-dataset", {});
  const organisations = await nameOrganisations(house);
  return {
    title: `Ask for access to “${entry.title}”`,
    lede: `Your request goes to ${organisations.get(entry.organisation) ?? "its owner"}. They answer it here.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    ...errorSummary(error, "why"),
    body: (
      <>
        <InsetText>
          Asking opens nothing by itself. If they agree, both organisations sign an agreement that says what is lent.
        </InsetText>
        <PostForm
          action={`/datasets/${entry.datasetId}/ask`}
          csrf={csrf}
          button="Send the request"
          beside={
            <a class="govuk-link" href={`/datasets/${entry.datasetId}`}>
              Back to the dataset
            </a>
          }
        >
          <Radios
            name="use"
            legend="What kind of use is it?"
            value={form["use"]}
            error={error?.fields["use"]}
            items={Object.entries(uses).map(([value, { label }]) => ({ value, text: label }))}
          />
          <Textarea
            name="why"
            label="What would you do with it, and for whom?"
            hint="At most 1,000 characters. Name no person."
            value={form["why"]}
            error={error?.fields["why"]}
            rows={4}
          />
          <Textarea
            name="needs"
            label="Which facts do you need?"
            hint="The fewer, the sooner it can be agreed. At most 1,000 characters."
            value={form["needs"]}
            rows={2}
          />
        </PostForm>
      </>
    ),
  };
}
