import type { House, PageContent, Session, Page } from "../../../access/index.ts";
import { DataTable, page } from "../../../kit/index.ts";
import { explainRecords } from "../projects.ts";
import { parseKey } from "./record-key.ts";

export const whyPages: readonly Page[] = [
  {
    method: "GET",
    path: "/links/:id/why",
    handle: async ({ session, house, params, query }) => page(await whyContent(session, params["id"] ?? "", query, house)),
  },
];

/** What kept two records apart whose evidence alone would have joined them. */
const againstIt = {
  size: "These two are kept apart all the same: with both, the person would have too many records.",
  nhs: "These two are kept apart all the same: through other records, two different NHS numbers would meet in one person.",
} as const;

async function whyContent(
  session: Session,
  id: string,
  query: Readonly<Record<string, string>>,
  house: House,
): Promise<PageContent> {
  const explained = await explainRecords(session, id, parseKey(query["left"]), parseKey(query["right"]), house);
  return {
    title: "Why these two records?",
    lede: explained.why === "review" ? explained.verdict : `${explained.verdict} ${againstIt[explained.why]}`,
    state: explained.why === "review" ? { text: "A person decides", tone: "look" } : { text: "Kept apart", tone: "plain" },
    crumbs: [
      { text: "Link projects", href: "/links" },
      { text: "The project", href: `/links/${id}` },
    ],
    body: (
      <DataTable
        caption="The evidence, strongest first"
        rows={explained.lines}
        empty=""
        total={{ label: "Together", cells: { bits: explained.weight.toFixed(1) } }}
        columns={[
          {
            key: "text",
            title: "What agrees or differs",
            names: true,
            cell: (line) => line.text.replace(/: [+−][\d.]+ bits$/, ""),
          },
          {
            key: "bits",
            title: "Bits for one person",
            align: "right",
            cell: (line) => (line.bits > 0 ? `+${line.bits.toFixed(1)}` : line.bits.toFixed(1).replace("-", "−")),
          },
        ]}
      />
    ),
  };
}
