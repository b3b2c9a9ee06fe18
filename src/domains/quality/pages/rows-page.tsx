import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { DataTable, InsetText, page, plural } from "../../../kit/index.ts";
import { listFailing, mostFailing } from "../failing.ts";
import { getRule } from "../get-quality.ts";

export const rowsPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/quality/rules/:rule/rows",
    handle: async ({ session, house, params }) => page(await content(session, params["id"] ?? "", params["rule"] ?? "", house)),
  },
];

async function content(session: Session, id: string, ruleId: string, house: House): Promise<PageContent> {
  const { entry, title } = await getRule(session, id, ruleId, house);
  const found = await listFailing(session, id, ruleId, house);
  const path = `/datasets/${entry.datasetId}/quality`;
  const shown = found.rows.length < mostFailing ? plural(found.rows.length, "row") : `The first ${mostFailing} rows`;
  return {
    title: "Rows that fail",
    lede: `${title}. Version ${found.version} of “${entry.title}”.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
      { text: "Quality", href: path },
      { text: "Rule", href: `${path}/rules/${ruleId}` },
    ],
    wide: true,
    body: (
      <>
        {found.masked ? (
          <InsetText>
            This dataset describes people, so no value is shown: a key is a pseudonym, and of a cell you see its shape: each
            letter of a code as A, each figure as 9, each word as one A. Of what is most sensitive not even that is shown. The
            record number is the row’s place in the file. That you looked is on record.
          </InsetText>
        ) : (
          <InsetText>Mend them where they come from, load the file again, and the rule is checked again.</InsetText>
        )}
        <DataTable
          caption="Rows that fail"
          captionHidden
          count={shown}
          rows={found.rows}
          empty="No row of the newest version fails this rule."
          columns={[
            { key: "record", title: "Record", names: true, align: "right", cell: ({ record }) => record },
            ...(found.key === null
              ? []
              : [
                  {
                    key: "key",
                    title: found.masked ? `${found.key}, as a pseudonym` : found.key,
                    cell: ({ key }: (typeof found.rows)[number]) => (key === null ? "No key" : <code>{key}</code>),
                  },
                ]),
            ...found.columns.map(({ name, hidden }, at) => ({
              key: `cell-${at}`,
              title: found.masked && !hidden ? `Shape of ${name}` : name,
              cell: ({ cells }: (typeof found.rows)[number]) => {
                if (hidden) return "Not shown";
                const text = cells[at];
                return text === null || text === undefined ? "Nothing" : <code>{text}</code>;
              },
            })),
          ]}
        />
      </>
    ),
  };
}
