import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { Button, DataTable, EmptyState, formatNumber, Live, page, pageFrom, PageLinks, rangeText } from "../../../kit/index.ts";
import { sourcesActions } from "../actions.ts";
import { pageSources } from "../sources.ts";
import { showWatchedFolders } from "../watch-folder.ts";
import { WatchedFolders } from "./watched-folders.tsx";
import { LoadChip, isBusy } from "./load-state.tsx";

export const sourceListPages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources",
    handle: async ({ session, house, query }) => page(await listContent(session, pageFrom(query), house)),
  },
];

async function listContent(session: Session, wanted: number, house: House): Promise<PageContent> {
  const found = await pageSources(session, wanted, house);
  const busy = found.rows.some(({ job }) => isBusy(job));
  const mayAdd = session.may(sourcesActions.add, session.organisation);
  return {
    title: "Sources",
    lede: "Where the hub’s data comes from, and what the last load of each brought.",
    wide: true,
    ...(busy ? { refreshSeconds: 3 } : {}),
    mainAction: mayAdd ? <Button href="/sources/new">Add a source</Button> : undefined,
    body: (
      <Live id="sources" href={busy ? `/sources?page=${found.page}` : undefined}>
        <DataTable
          caption="Sources"
          captionHidden
          rows={found.rows}
          count={found.total > found.size ? rangeText(found, "source") : undefined}
          empty={
            <EmptyState
              title="No sources yet"
              action={mayAdd ? <Button href="/sources/new">Add the first file</Button> : undefined}
            >
              A source is a file that one of your systems exports. Add one, and the hub counts every row, says what each column
              is, and keeps each version.
            </EmptyState>
          }
          columns={[
            {
              key: "name",
              title: "Source",
              names: true,
              cell: ({ source }) => (
                <a class="govuk-link" href={`/sources/${source.id}`}>
                  {source.name}
                </a>
              ),
            },
            { key: "state", title: "Last load", cell: ({ job }) => <LoadChip job={job} /> },
            {
              key: "file",
              title: "Rows in file",
              align: "right",
              cell: ({ version }) => (version ? formatNumber(version.rowsInFile) : "–"),
            },
            { key: "rows", title: "Loaded", align: "right", cell: ({ version }) => (version ? formatNumber(version.rows) : "–") },
            {
              key: "bad",
              title: "Quarantined",
              align: "right",
              cell: ({ source, version }) =>
                version && version.quarantined > 0 ? (
                  <a class="govuk-link" href={`/sources/${source.id}/quarantine`}>
                    {formatNumber(version.quarantined)}
                  </a>
                ) : version ? (
                  "0"
                ) : (
                  "–"
                ),
            },
            {
              key: "at",
              title: "Loaded on",
              nowrap: true,
              cell: ({ version }) => (version ? formatInstant(version.committedAt) : "–"),
            },
            {
              key: "dataset",
              title: "Dataset",
              cell: ({ source, version }) =>
                version ? (
                  <a class="govuk-link" href={`/datasets/${source.datasetId}`}>
                    Columns and types
                  </a>
                ) : (
                  "–"
                ),
            },
          ]}
        />
        <PageLinks of={found} path="/sources" />
        <WatchedFolders shown={await showWatchedFolders(session)} />
      </Live>
    ),
  };
}
