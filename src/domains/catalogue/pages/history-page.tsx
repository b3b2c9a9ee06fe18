import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { DataTable, EmptyState, page, pageFrom, PageLinks, rangeText } from "../../../kit/index.ts";
import { namesOf } from "../../people/index.ts";
import { getEntry } from "../entries.ts";
import { entryFields } from "../entry-fields.ts";
import { pageHistory } from "../history.ts";

const otherFields: Readonly<Record<string, string>> = {
  people: "Describes people",
  state: "State",
  attested: "Attested by its owner",
};

export const historyPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/history",
    handle: async ({ session, house, params, query }) =>
      page(await historyContent(session, params["id"] ?? "", pageFrom(query), house)),
  },
];

async function historyContent(session: Session, id: string, number: number, house: House): Promise<PageContent> {
  const { entry } = await getEntry(session, id, house);
  const changes = await pageHistory(session, entry.datasetId, number);
  const names = await namesOf(
    house.store,
    changes.rows.flatMap(({ by }) => (by === null ? [] : [by])),
  );
  return {
    title: "What was changed",
    lede: `Each change to what the register says of “${entry.title}”, the newest first.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    wide: true,
    body: (
      <>
        <DataTable
          caption="Changes"
          captionHidden
          count={rangeText(changes, "change")}
          rows={changes.rows}
          empty={<EmptyState title="Nothing was changed yet">What is changed in its description is kept here.</EmptyState>}
          columns={[
            { key: "at", title: "When", nowrap: true, cell: ({ at }) => formatInstant(at) },
            {
              key: "by",
              title: "Who",
              cell: ({ by }) => (by === null ? "The operator" : (names.get(by) ?? "Somebody who has left")),
            },
            {
              key: "field",
              title: "What",
              names: true,
              cell: ({ field }) => entryFields.find(({ key }) => key === field)?.label ?? otherFields[field] ?? field,
            },
            { key: "before", title: "Before", cell: ({ before }) => before || "–" },
            { key: "after", title: "After", cell: ({ after }) => after || "–" },
            { key: "why", title: "Why", cell: ({ reason }) => reason || "–" },
          ]}
        />
        <PageLinks of={changes} path={`/datasets/${entry.datasetId}/history`} query={{}} />
      </>
    ),
  };
}
