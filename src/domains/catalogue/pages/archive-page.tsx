import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, page, PostForm } from "../../../kit/index.ts";
import { catalogueActions } from "../actions.ts";
import { archiveEntry } from "../archive.ts";
import { getEntry } from "../entries.ts";
import { catalogueError } from "../errors.ts";

export const archivePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/archive",
    handle: async ({ session, house, params, csrf }) => page(await archiveContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/datasets/:id/archive",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const archived = form["archived"] === "yes";
      try {
        await archiveEntry(session, id, { archived, reason: form["reason"] ?? "" }, house);
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind !== "invalid") throw error;
        return page(await archiveContent(session, id, house, csrf, error), 400);
      }
      return { kind: "redirect", to: `/datasets/${id}`, flash: archived ? "It is in the archive." : "It is out of the archive." };
    },
  },
];

async function archiveContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
  const { entry, own, lent } = await getEntry(session, id, house);
  if (!own || !session.may(catalogueActions.archive, entry.organisation)) throw catalogueError("no-dataset", {});
  const archived = entry.state === "archived";
  return {
    title: archived ? `Take “${entry.title}” out of the archive` : `Archive “${entry.title}”`,
    lede: archived
      ? "It stands again where its description puts it."
      : "Other organisations do not find it any more, and nobody is asked to describe or review it. Its rows and versions stay.",
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    ...errorSummary(error, "reason"),
    body: (
      <PostForm
        action={`/datasets/${entry.datasetId}/archive`}
        csrf={csrf}
        button={archived ? "Take it out of the archive" : "Archive it"}
        beside={
          <a class="govuk-link" href={`/datasets/${entry.datasetId}`}>
            Leave it as it is
          </a>
        }
      >
        {lent.length === 0 || archived ? null : (
          <p class="govuk-body">Agreements that lend it stay in force. End them first if nobody is to use it.</p>
        )}
        <input type="hidden" name="archived" value={archived ? "no" : "yes"} />
        <Input name="reason" label="Why?" error={error?.fields["reason"]} />
      </PostForm>
    ),
  };
}
