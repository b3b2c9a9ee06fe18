import { purposes, type PageContent, type Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import type { PageOf } from "../../../kernel/paging.ts";
import { DataTable, EmptyState, formatNumber, InsetText, PageLinks, rangeText } from "../../../kit/index.ts";
import { writeAddress } from "../address.ts";
import { plainQuestion } from "../words.ts";
import { exampleGroup, type Askable } from "../datasets.ts";

/** What may be asked of, each with a first question that is one click away. */
export function datasetsContent(found: PageOf<Askable>, session: Session): PageContent {
  return {
    title: "Questions",
    lede: "Choose a dataset, say what to count or add up, and read the answer as a table, a chart and a map.",
    wide: true,
    body: (
      <>
        <PurposeNote session={session} />
        <DataTable
          caption="Datasets you may ask of"
          captionHidden
          count={found.total > found.size ? rangeText(found, "dataset") : undefined}
          rows={found.rows}
          empty={
            <EmptyState title="Nothing to ask of yet">
              A dataset appears here when your organisation has loaded one, or when a partner lends you one for planning under an
              agreement that is in force.
            </EmptyState>
          }
          columns={[
            {
              key: "title",
              title: "Dataset",
              names: true,
              cell: (row) => (
                <a class="govuk-link" href={builderHref(row)}>
                  {row.entry.title}
                </a>
              ),
            },
            {
              key: "example",
              title: "A question to begin with",
              nowrap: true,
              cell: (row) => <ExampleLink askable={row} />,
            },
            {
              key: "from",
              title: "Yours by",
              cell: (row) => (row.under === "own" ? "Your organisation" : `${row.lentBy}, under “${row.under.title}”`),
            },
            { key: "rows", title: "Rows", align: "right", cell: ({ rows }) => (rows === null ? "–" : formatNumber(rows)) },
            {
              key: "at",
              title: "Loaded",
              nowrap: true,
              cell: ({ loadedAt }) => (loadedAt === null ? "Not loaded yet" : formatInstant(loadedAt)),
            },
          ]}
        />
        <PageLinks of={found} path="/questions" />
      </>
    ),
  };
}

export function underOf({ under }: Askable): string {
  return under === "own" ? "own" : under.id;
}

function builderHref(askable: Askable): string {
  const query = new URLSearchParams({ dataset: askable.entry.datasetId });
  if (askable.under !== "own") query.set("under", askable.under.id);
  return `/questions/new?${query.toString()}`;
}

function ExampleLink({ askable }: { askable: Askable }) {
  if (askable.loadedAt === null) return <>–</>;
  const group = exampleGroup(askable.columns);
  const address = writeAddress({
    dataset: askable.entry.datasetId,
    under: underOf(askable),
    groupBy: group ? [group.number] : [],
    measure: { kind: "count" },
    filters: [],
  });
  return (
    <a class="govuk-link" href={`/questions/show?${address}`}>
      {plainQuestion({ groups: group?.group ? [{ column: group, form: group.group }] : [], measure: { kind: "count" } })}
    </a>
  );
}

/** Said before anything is filled in, since every question would be refused. */
export function PurposeNote({ session }: { session: Session }) {
  if (session.purpose === "planning") return null;
  return (
    <InsetText>
      Questions are answered for planning services. Your purpose at the moment is{" "}
      {session.purpose === null ? "none" : `“${purposes[session.purpose].label}”`}.{" "}
      <a class="govuk-link" href="/purpose">
        Change it to “{purposes.planning.label}”
      </a>{" "}
      first.
    </InsetText>
  );
}
