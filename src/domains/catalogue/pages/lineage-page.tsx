import type { House, Page, PageContent, Session, Strand } from "../../../access/index.ts";
import { DataTable, formatNumber, page, plural, SummaryList } from "../../../kit/index.ts";
import { describeCount } from "../../../disclosure/index.ts";
import { getType } from "../../../vocabulary/index.ts";
import { getLineage, type Lineage } from "../lineage.ts";

const mostFiles = 20;

export const lineagePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/lineage",
    handle: async ({ session, house, params }) => page(await lineageContent(session, params["id"] ?? "", house)),
  },
];

async function lineageContent(session: Session, id: string, house: House): Promise<PageContent> {
  const lineage = await getLineage(session, id, house);
  const { page: held, files, from, to, columns } = lineage;
  const { entry } = held;
  return {
    title: "Where it comes from and where it goes",
    lede: `The files that “${entry.title}” was read from, and what its columns are used in.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    wide: true,
    body: (
      <>
        <SummaryList
          rows={[
            { key: "Comes from", value: <Strands of={from} none="No source is recorded" /> },
            { key: "All of it is used in", value: <Strands of={to} none="Nothing" /> },
          ]}
        />
        {entry.kind !== "dataset" ? null : (
          <>
            <DataTable
              caption="Files"
              count={files.length > mostFiles ? `The newest ${mostFiles} of ${plural(files.length, "file")}` : undefined}
              rows={files.slice(-mostFiles).toReversed()}
              empty="Nothing is loaded yet."
              columns={[
                { key: "name", title: "File", names: true, cell: ({ name, part }) => (part === "" ? name : `${name} (${part})`) },
                { key: "version", title: "Version", align: "right", cell: ({ version }) => String(version) },
                { key: "rows", title: "Rows in it", align: "right", cell: (file) => told(lineage, file.rowsInFile) },
                { key: "read", title: "Read", align: "right", cell: (file) => told(lineage, file.rows) },
                { key: "bad", title: "In quarantine", align: "right", cell: (file) => told(lineage, file.quarantined) },
                { key: "hash", title: "SHA-256", cell: ({ sha256 }) => <code>{sha256.slice(0, 12)}</code> },
              ]}
            />
            <DataTable
              caption="Columns"
              rows={columns}
              empty="There are none."
              columns={[
                {
                  key: "column",
                  title: "Column",
                  names: true,
                  cell: ({ field }) => (
                    <a class="govuk-link" href={`/datasets/${entry.datasetId}/columns/${field.number}`}>
                      {field.name}
                    </a>
                  ),
                },
                {
                  key: "from",
                  title: "Comes from",
                  cell: ({ field, from: strands }) =>
                    strands.length > 0 ? (
                      <Strands of={strands} none="" />
                    ) : field.recipe === null ? (
                      "The file"
                    ) : (
                      "Worked out from other columns"
                    ),
                },
                { key: "read", title: "Read as", cell: ({ field }) => getType(field.type).label },
                { key: "to", title: "Used in", cell: ({ to: strands }) => <Strands of={strands} none="–" /> },
              ]}
            />
          </>
        )}
      </>
    ),
  };
}

/** Counts of records, as the dataset's own page tells them. */
function told({ page: { exact } }: Lineage, count: number): string {
  return exact ? formatNumber(count) : describeCount(count, {});
}

function Strands({ of, none }: { of: readonly Strand[]; none: string }) {
  if (of.length === 0) return <>{none}</>;
  return (
    <ul class="govuk-list">
      {of.map(({ kind, title, href }) => (
        <li>
          {kind}:{" "}
          {href === null ? (
            title
          ) : (
            <a class="govuk-link" href={href}>
              {title}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
