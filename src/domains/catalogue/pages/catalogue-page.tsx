import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import {
  Button,
  DataTable,
  EmptyState,
  FilterForm,
  formatNumber,
  Input,
  page,
  pageFrom,
  PageLinks,
  rangeText,
} from "../../../kit/index.ts";
import { catalogueActions } from "../actions.ts";
import { pageEntries } from "../entries.ts";
import { ClassChip } from "./class-chip.tsx";
import { LifeChip } from "./life-chip.tsx";

export const catalogueListPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets",
    handle: async ({ session, house, query }) => page(await listContent(session, query, house)),
  },
];

async function listContent(session: Session, query: Readonly<Record<string, string>>, house: House): Promise<PageContent> {
  const words = (query["words"] ?? "").trim().slice(0, 200);
  const found = await pageEntries(session, { words, page: pageFrom(query) }, house);
  return {
    title: "Catalogue",
    lede: "Every dataset the hub knows, who answers for it, and how sensitive it is.",
    wide: true,
    mainAction: session.may(catalogueActions.editMany, session.organisation) ? (
      <Button href="/register" secondary>
        Edit many at once
      </Button>
    ) : undefined,
    body: (
      <>
        <FilterForm action="/datasets" button="Find" {...(words === "" ? {} : { clearHref: "/datasets" })}>
          <Input
            name="words"
            label="Find a dataset"
            hint="By title, description or column."
            value={words}
            type="search"
            classes="govuk-input--width-20"
          />
        </FilterForm>
        <DataTable
          caption="Datasets"
          captionHidden
          count={rangeText(found, "dataset")}
          rows={found.rows}
          empty={
            <EmptyState title={words === "" ? "No datasets yet" : `Nothing found for “${words}”`}>
              {words === ""
                ? "A dataset appears here as soon as a source has been loaded."
                : "Try fewer words, or one word of the title."}
            </EmptyState>
          }
          columns={[
            {
              key: "title",
              title: "Dataset",
              names: true,
              cell: ({ entry }) => (
                <a class="govuk-link" href={`/datasets/${entry.datasetId}`}>
                  {entry.title}
                </a>
              ),
            },
            {
              key: "class",
              title: "Most sensitive column",
              cell: ({ class: highest }) => (highest === null ? "Not shown" : <ClassChip of={highest} />),
            },
            { key: "owner", title: "Owner", cell: ({ entry }) => entry.owner ?? "No owner yet" },
            {
              key: "state",
              title: "State",
              cell: ({ life }) => (life === null ? "Another organisation’s" : <LifeChip of={life} />),
            },
            {
              key: "flags",
              title: "To look at",
              cell: ({ flags: [first, ...more] }) =>
                first ? `${first.text}${more.length === 0 ? "" : ` And ${more.length} more.`}` : "–",
            },
            { key: "rows", title: "Rows", align: "right", cell: ({ rows }) => (rows === null ? "–" : formatNumber(rows)) },
            {
              key: "date",
              title: "Loaded",
              nowrap: true,
              cell: ({ version }) => (version ? formatInstant(version.committedAt) : "–"),
            },
          ]}
        />
        <PageLinks of={found} path="/datasets" query={{ words }} />
      </>
    ),
  };
}
