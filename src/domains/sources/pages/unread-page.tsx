import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { pageSize } from "../../../kernel/paging.ts";
import { DataTable, EmptyState, formatNumber, page, pageFrom, PageLinks, rangeText } from "../../../kit/index.ts";
import { listUnread } from "../unread.ts";
import { linesText } from "./quarantine-page.tsx";
import { sentWords } from "./sent-page.tsx";

export const unreadPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/unread",
    handle: async ({ session, house, params, query }) =>
      page(await unreadContent(session, params["id"] ?? "", pageFrom(query), house)),
  },
];

async function unreadContent(session: Session, dataset: string, wanted: number, house: House): Promise<PageContent> {
  const { entry, version, found } = await listUnread(session, dataset, { page: wanted, size: pageSize }, house);
  return {
    title: "What could not be read",
    lede: `Records of the newest version of “${entry.title}” that wait in quarantine. What they hold is for its stewards, who mend it.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${dataset}` },
    ],
    body: (
      <>
        {found.total === 0 ? null : <p class="govuk-body">They are in no figure until they are mended.</p>}
        <DataTable
          caption="Records that could not be read"
          captionHidden
          count={rangeText(found, "record")}
          rows={found.rows}
          empty={
            version === null ? (
              <EmptyState title="Nothing was loaded yet">What cannot be read of its first file will be listed here.</EmptyState>
            ) : (
              <EmptyState title="Everything was read">No record of the newest version is in quarantine.</EmptyState>
            )
          }
          columns={[
            { key: "record", title: "Record", align: "right", names: true, cell: ({ record }) => formatNumber(record) },
            { key: "line", title: "Line", nowrap: true, cell: linesText },
            { key: "why", title: "Why", cell: ({ reasons }) => reasons.join(" ") },
            { key: "sent", title: "Sent to its owner", cell: ({ sent }) => (sent === null ? "Not yet" : sentWords(sent)) },
          ]}
        />
        <PageLinks of={found} path={`/datasets/${dataset}/unread`} />
      </>
    ),
  };
}
