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

async function whyContent(
  session: Session,
  id: string,
  query: Readonly<Record<string, string>>,
  house: House,
): Promise<PageContent> {
  const explained = await explainRecords(session, id, parseKey(query["left"]), parseKey(query["right"]), house);
  return {
    title: "Why these two records?",
    lede: explained.verdict,
    state:
      explained.band === "link"
        ? { text: "Joined", tone: "good" }
        : explained.band === "review"
          ? { text: "A person decides", tone: "look" }
          : { text: "Kept apart", tone: "plain" },
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
