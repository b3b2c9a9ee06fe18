import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { DataTable, EmptyState, formatNumber, page, pageFrom, PageLinks, rangeText } from "../../../kit/index.ts";
import { pageSize } from "../../../kernel/paging.ts";
import { listQuarantine, type QuarantinedRecord } from "../sources.ts";

export const quarantinePages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/quarantine",
    handle: async ({ session, house, params, query }) =>
      page(await quarantineContent(session, params["id"] ?? "", pageFrom(query), house)),
  },
  {
    method: "GET",
    path: "/sources/:id/quarantine.csv",
    handle: async ({ session, house, params }) => {
      const { source, found } = await listQuarantine(session, params["id"] ?? "", { page: 1, size: mostInFile }, house);
      const lines = found.rows.map((record) =>
        [record.record, record.firstLine, record.lastLine, record.offset, record.reasons.join(" "), asText(textOf(record))]
          .map((cell) => `"${String(cell).replaceAll('"', '""')}"`)
          .join(","),
      );
      const body = ["record,first_line,last_line,byte_offset,reasons,raw", ...lines].join("\r\n");
      return { kind: "file", name: `${source.name} quarantine.csv`, type: "text/csv; charset=utf-8", body };
    },
  },
];

const mostInFile = 10_000;

async function quarantineContent(session: Session, id: string, wanted: number, house: House): Promise<PageContent> {
  const { source, found } = await listQuarantine(session, id, { page: wanted, size: pageSize }, house);
  const count = rangeText(found, "record");
  return {
    title: `Quarantine of “${source.name}”`,
    lede: "Records of the newest version that could not be read. Mend them in the file or at their source, and load the file again.",
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
    ],
    wide: true,
    body: (
      <>
        <DataTable
          caption="Quarantined records"
          captionHidden
          count={found.total > mostInFile ? `${count}; the CSV has the first ${formatNumber(mostInFile)}` : count}
          {...(found.total > 0 ? { csvHref: `/sources/${source.id}/quarantine.csv` } : {})}
          rows={found.rows}
          empty={<EmptyState title="Nothing is in quarantine">Every record of the newest version was read.</EmptyState>}
          columns={[
            { key: "record", title: "Record", align: "right", names: true, cell: (record) => formatNumber(record.record) },
            {
              key: "line",
              title: "Line",
              nowrap: true,
              cell: (record) =>
                record.firstLine === record.lastLine
                  ? formatNumber(record.firstLine)
                  : `${formatNumber(record.firstLine)} to ${formatNumber(record.lastLine)}`,
            },
            { key: "why", title: "Why", cell: (record) => record.reasons.join(" ") },
            { key: "raw", title: "As it stood", cell: (record) => <code class="gh-raw">{textOf(record).slice(0, 400)}</code> },
          ]}
        />
        <PageLinks of={found} path={`/sources/${source.id}/quarantine`} />
      </>
    ),
  };
}

/** A record that a spreadsheet would run as a formula, marked as text as in every file of the hub. */
function asText(raw: string): string {
  return /^[=+@\t\r-]/.test(raw) ? `'${raw}` : raw;
}

/** The bytes as text; what is no UTF-8 shows as the replacement sign. */
function textOf(record: QuarantinedRecord): string {
  return Buffer.from(record.raw, "base64").toString("utf8").replaceAll("\0", "␀");
}
