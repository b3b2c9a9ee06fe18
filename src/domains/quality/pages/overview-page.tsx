import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { DataTable, EmptyState, FilterForm, page, plural, Select } from "../../../kit/index.ts";
import { listQuality, type Overview } from "../get-quality.ts";
import { dimensions, type Dimension } from "../model.ts";
import { ScoreCell } from "./score-cell.tsx";

export const overviewPages: readonly Page[] = [
  {
    method: "GET",
    path: "/quality",
    handle: async ({ session, house, query }) => page(await overviewContent(session, query["by"] ?? "", house)),
  },
];

async function overviewContent(session: Session, wanted: string, house: House): Promise<PageContent> {
  const by = Object.hasOwn(dimensions, wanted) ? (wanted as Dimension) : null;
  const found = await listQuality(session, by, house);
  const cell = (dimension: Dimension) => (row: Overview) => (
    <ScoreCell score={row.scores.find((score) => score.dimension === dimension)} exact={row.exact} />
  );
  return {
    title: "Data quality",
    lede: "How good your organisation’s datasets are, by dimension. Each rule was accepted by a steward; there is no single score.",
    wide: true,
    body: (
      <>
        {found.length === 0 ? null : (
          <FilterForm action="/quality" button="Order them">
            <Select
              name="by"
              label="Worst first in"
              items={[
                { value: "", text: "Any dimension" },
                ...Object.entries(dimensions).map(([value, text]) => ({ value, text })),
              ]}
              value={by ?? ""}
            />
          </FilterForm>
        )}
        <DataTable
          caption="Datasets by dimension"
          captionHidden
          many
          count={found.length === 0 ? undefined : plural(found.length, "dataset")}
          rows={found}
          empty={
            <EmptyState title="No dataset has been checked yet">
              Open a dataset in the catalogue, choose “How good the data is”, and have the hub suggest rules for it.
            </EmptyState>
          }
          columns={[
            {
              key: "dataset",
              title: "Dataset",
              names: true,
              cell: ({ entry, look, suggested }) => (
                <>
                  <a class="govuk-link" href={`/datasets/${entry.datasetId}/quality`}>
                    {entry.title}
                  </a>
                  <div class="govuk-hint">
                    {look?.at ? `Version ${look.version}, checked ${formatInstant(look.at)}` : "Being checked for the first time"}
                    {suggested > 0 ? `. ${plural(suggested, "suggestion waits", "suggestions wait")}` : ""}
                  </div>
                </>
              ),
            },
            ...(Object.entries(dimensions) as [Dimension, string][]).map(([key, title]) => ({ key, title, cell: cell(key) })),
          ]}
        />
      </>
    ),
  };
}
