import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatDate } from "../../../kernel/clock.ts";
import { InsetText, page, PostForm, SummaryList } from "../../../kit/index.ts";
import { catalogueActions } from "../actions.ts";
import { attestEntry, factsToAttest, mayBeAttested } from "../attest.ts";
import { getEntry } from "../entries.ts";
import { catalogueError } from "../errors.ts";
import { ClassChip } from "./class-chip.tsx";
import { capital } from "./field-words.ts";

export const attestPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/attest",
    handle: async ({ session, house, params, csrf }) => page(await attestContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/datasets/:id/attest",
    handle: async ({ session, house, params, form }) => {
      const id = params["id"] ?? "";
      await attestEntry(session, id, form["read"] ?? "", house);
      return {
        kind: "redirect",
        to: `/datasets/${id}`,
        flash: "You have attested that it is right. You are asked again in a year.",
      };
    },
  },
];

async function attestContent(session: Session, id: string, house: House, csrf: string): Promise<PageContent> {
  const held = await getEntry(session, id, house);
  const { entry, class: highest, lent, reopened, flags } = held;
  if (!held.own || !session.may(catalogueActions.attest, entry.organisation)) throw catalogueError("no-dataset", {});
  const ready = mayBeAttested(held, house);
  return {
    title: `Attest to “${entry.title}”`,
    lede: "Read what the register says. If it is right, say so; if it is not, mend it first.",
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    body: (
      <>
        {reopened.length === 0 ? null : <InsetText>It is asked for again, because: {reopened.join(" ")}</InsetText>}
        <SummaryList
          rows={[
            { key: "What it is", value: entry.description || "Not described" },
            { key: "Owner", value: entry.owner ?? "No owner yet" },
            { key: "Most sensitive column", value: <ClassChip of={highest ?? "open"} /> },
            { key: "Purpose", value: entry.purpose || "Not recorded" },
            { key: "Lawful basis", value: entry.lawfulBasis || "Not recorded" },
            { key: "Retention", value: entry.retention || "Not recorded" },
            { key: "Openness", value: entry.openness === "undecided" ? "Not decided" : capital(entry.openness) },
            { key: "Lent under", value: [...new Set(lent.map(({ title }) => title))].join(", ") || "No agreement" },
            { key: "Review by", value: entry.reviewDate === null ? "No date yet" : formatDate(entry.reviewDate) },
            ...(flags.length === 0 ? [] : [{ key: "To look at", value: flags.map(({ text }) => text).join(" ") }]),
          ]}
        />
        {ready ? (
          <PostForm
            action={`/datasets/${entry.datasetId}/attest`}
            csrf={csrf}
            button="I attest that this is right"
            beside={
              <a class="govuk-link" href={`/datasets/${entry.datasetId}/describe`}>
                Change the description first
              </a>
            }
          >
            <input type="hidden" name="read" value={JSON.stringify(factsToAttest(held))} />
          </PostForm>
        ) : (
          <p class="govuk-body">
            It needs an owner and a review date that is still to come.{" "}
            <a class="govuk-link" href={`/datasets/${entry.datasetId}/describe`}>
              Change the description
            </a>
          </p>
        )}
      </>
    ),
  };
}
