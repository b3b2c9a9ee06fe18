import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { EmptyState, errorSummary, formatNumber, page, plural, PostForm, SummaryList, Textarea } from "../../../kit/index.ts";
import { findEntry } from "../../catalogue/index.ts";
import { mendLimits } from "../mend.ts";
import { findUnsent, reasonLines, sendTogether } from "../send-together.ts";
import { ReasonList } from "./sent-page.tsx";

export const sendAllPages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/quarantine/send",
    handle: async ({ session, house, params, csrf }) => page(await sendAllContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/send",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const comment = form["comment"] ?? "";
      try {
        const sent = await sendTogether(session, id, { version: form["version"] ?? "", comment }, house);
        const flash = `${plural(sent, "record")} ${sent === 1 ? "was" : "were"} sent. Their owner has one task for them.`;
        return { kind: "redirect", to: `/sources/${id}/quarantine`, flash };
      } catch (error) {
        if (!isMendable(error) || error.code === "sources.no-source") throw error;
        const status = error.kind === "invalid" ? 400 : 409;
        return page(await sendAllContent(session, id, house, csrf, { error, comment }), status);
      }
    },
  },
];

/** What the button says: how many records go with one message, and to whom. */
export function sendAllText(unsent: number, owner: string): string {
  const most = mendLimits.inFile;
  if (unsent > most) return `Send the first ${formatNumber(most)} of ${formatNumber(unsent)} records to ${owner}`;
  return `Send ${unsent === 1 ? "1 record" : `all ${formatNumber(unsent)} records`} to ${owner}`;
}

async function sendAllContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  refused?: { readonly error: GuildhallError; readonly comment: string },
): Promise<PageContent> {
  const { source, version, total, alike } = await findUnsent(session, id, house);
  const owner = (await findEntry(house.store, source.datasetId))?.owner ?? null;
  const sent = (version?.quarantined ?? 0) - total;
  return {
    title: "Send the quarantined records to their owner",
    lede: `${owner === null ? "They go" : `${owner} answers for this dataset. They go`} with one message to the information asset owners of your organisation.`,
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
      { text: "Quarantine", href: `/sources/${source.id}/quarantine` },
    ],
    ...errorSummary(refused?.error, "send"),
    body:
      total === 0 || version === null ? (
        <div id="send">
          <EmptyState title="There is nothing to send">
            {sent > 0 ? "Every record in quarantine was sent already." : "Every record of the newest version was read."}
          </EmptyState>
        </div>
      ) : (
        <div id="send">
          <SummaryList
            rows={[
              { key: "File", value: `${source.fileName}, version ${version.number}` },
              {
                key: "Records",
                value:
                  total > mendLimits.inFile
                    ? `The first ${formatNumber(mendLimits.inFile)} of ${formatNumber(total)}`
                    : formatNumber(total),
              },
              { key: "Why they were not read", value: <ReasonList lines={reasonLines(alike)} /> },
              ...(sent > 0 ? [{ key: "Sent already", value: `${plural(sent, "record")}, not sent again` }] : []),
            ]}
          />
          <PostForm
            action={`/sources/${source.id}/quarantine/send`}
            csrf={csrf}
            button={sendAllText(total, owner ?? "their owner")}
          >
            <input type="hidden" name="version" value={version.id} />
            <Textarea
              name="comment"
              label="What is to be done?"
              hint="At most 1,000 characters. The message has the reasons and how many records have each, not what they hold: name no person."
              rows={3}
              value={refused?.comment}
              error={refused?.error.fields["comment"]}
            />
          </PostForm>
        </div>
      ),
  };
}
