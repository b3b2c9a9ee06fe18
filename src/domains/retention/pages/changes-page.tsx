import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { Chip, DataTable, EmptyState, Live, page, pageFrom, PageLinks, plural, PostForm, rangeText } from "../../../kit/index.ts";
import { namesOf } from "../../people/index.ts";
import { retentionActions } from "../actions.ts";
import { decideChange, pageChanges } from "../changes.ts";
import type { DataChange } from "../store.ts";

export const changesPages: readonly Page[] = [
  {
    method: "GET",
    path: "/changes",
    handle: async ({ session, house, csrf, query }) => page(await changesContent(session, house, csrf, pageFrom(query))),
  },
  ...(["approve", "refuse"] as const).map((verdict): Page => ({
    method: "POST",
    path: `/changes/:id/${verdict}`,
    handle: async ({ session, house, params }) => {
      await decideChange(session, params["id"] ?? "", verdict, house);
      const flash =
        verdict === "approve"
          ? "It is being carried out. The list says when it is done."
          : "Refused. Nothing was changed, and the values are forgotten.";
      return { kind: "redirect", to: "/changes", flash };
    },
  })),
];

const states = {
  asked: ["Waits for a second person", "look"],
  approved: ["Being carried out", "note"],
  done: ["Done", "good"],
  refused: ["Refused", "plain"],
} as const;

async function changesContent(session: Session, house: House, csrf: string, wanted: number): Promise<PageContent> {
  const found = await pageChanges(session, wanted);
  const names = await namesOf(
    house.store,
    found.rows.flatMap(({ askedBy, decidedBy }) => (decidedBy === null ? [askedBy] : [askedBy, decidedBy])),
  );
  const mayDecide = session.may(retentionActions.decide, session.organisation);
  const busy = found.rows.some(({ state }) => state === "approved");
  return {
    title: "Erase and correct",
    lede: "Records that the law says must go or be put right, in every version. One person asks and another decides. Ask on a dataset's page.",
    wide: true,
    ...(busy ? { refreshSeconds: 3 } : {}),
    body: (
      <Live id="changes" href={busy ? "/changes" : undefined}>
        <DataTable
          caption="Erasures and corrections"
          captionHidden
          count={rangeText(found, "request")}
          rows={found.rows}
          empty={
            <EmptyState title="Nobody has asked for anything to be erased or corrected">
              Open a dataset in the catalogue and choose “Erase or correct records”.
            </EmptyState>
          }
          columns={[
            {
              key: "what",
              title: "Request",
              names: true,
              cell: (row) => (
                <>
                  {row.kind === "erase" ? "Erase from " : "Correct in "}
                  <a class="govuk-link" href={`/datasets/${row.datasetId}`}>
                    {row.title}
                  </a>
                  <div>{recordsText(row)}</div>
                </>
              ),
            },
            {
              key: "why",
              title: "Why",
              cell: (row) => (
                <>
                  {row.reason}
                  <div>{row.law}</div>
                </>
              ),
            },
            {
              key: "who",
              title: "Asked by",
              cell: (row) => `${names.get(row.askedBy) ?? "Somebody"}, ${formatInstant(row.askedAt)}`,
            },
            {
              key: "state",
              title: "State",
              cell: (row) => (
                <>
                  <Chip text={states[row.state][0]} tone={states[row.state][1]} />
                  {row.decidedBy === null ? null : (
                    <div>{`${row.state === "refused" ? "By" : "Approved by"} ${names.get(row.decidedBy) ?? "somebody"}`}</div>
                  )}
                  {row.result ? <div>{resultText(row)}</div> : null}
                  {row.state === "asked" && mayDecide && row.askedBy !== session.person?.id ? (
                    <>
                      <PostForm action={`/changes/${row.id}/approve`} csrf={csrf} button="Approve" warning />
                      <PostForm action={`/changes/${row.id}/refuse`} csrf={csrf} button="Refuse" secondary />
                    </>
                  ) : null}
                </>
              ),
            },
          ]}
        />
        <PageLinks of={found} path="/changes" />
      </Live>
    ),
  };
}

/** The values are shown only while somebody has to decide on them. */
function recordsText({ match, set, state }: DataChange): string {
  const words = (cells: DataChange["match"]) =>
    cells.map(({ column, value }) => (state === "asked" ? `${column} is “${value}”` : column)).join(" and ");
  return set.length === 0 ? `Where ${words(match)}` : `Where ${words(match)}: set ${words(set)}`;
}

function resultText({ result, kind }: DataChange): string {
  if (!result) return "";
  const rows = `${plural(result.rows, "row")} ${kind === "erase" ? "erased" : "corrected"}`;
  const parts = [
    result.versions.length > 0 ? `${rows} in ${plural(result.versions.length, "version")}` : "No record matched",
    ...(result.quarantined > 0 ? [`${plural(result.quarantined, "quarantined record")} erased`] : []),
    ...(result.notSearched.length > 0 ? [`versions ${result.notSearched.join(", ")} lack the column and were not searched`] : []),
    ...(result.toTell.length > 0 ? [`${plural(result.toTell.length, "organisation")} to tell`] : []),
  ];
  return `${parts.join("; ")}.`;
}
