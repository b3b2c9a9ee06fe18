import type { PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Checkboxes,
  DataTable,
  Details,
  EmptyState,
  errorSummary,
  formatNumber,
  Input,
  PageLinks,
  rangeText,
  Select,
  type Column,
} from "../../../kit/index.ts";
import { insightActions } from "../actions.ts";
import { writeAddress } from "../address.ts";
import { inSentence, type Usable } from "../columns.ts";
import { mostColumns, type DatasetRow, type RowsFrame, type RowsPage } from "../rows.ts";
import { sortText, viewHref, viewQuery, type RowsView } from "../rows-view.ts";
import { cellText, isNumeric, staysWhole } from "../cell-text.ts";
import { Conditions, ValueLists, type Address } from "./conditions.tsx";

/** The rows of a dataset, with the form that chooses among them. */
export function rowsContent(page: RowsPage, view: RowsView, address: Address, session: Session): PageContent {
  const { entry, version } = page;
  return {
    ...head(page),
    lede: `${formatNumber(version.rows)} rows of version ${version.number}, as loaded on ${formatInstant(version.committedAt)}.`,
    mainAction: session.may(insightActions.ask) ? <Button href={questionHref(view)}>{questionText(view)}</Button> : undefined,
    body: (
      <>
        <RowsForm frame={page} address={address} errors={{}} />
        <Grid page={page} view={view} />
        <p class="govuk-body">
          <a class="govuk-link" href={`/datasets/${entry.datasetId}`}>
            What each column is
          </a>{" "}
          ·{" "}
          <a class="govuk-link" href={`/datasets/${entry.datasetId}/export`}>
            Export all rows
          </a>
        </p>
      </>
    ),
  };
}

/** The form again, where what was asked for cannot be shown, with what to mend. */
export function rowsRefusedContent(frame: RowsFrame, address: Address, error: GuildhallError): PageContent {
  return {
    ...head(frame),
    ...errorSummary(error, "search"),
    body: <RowsForm frame={frame} address={address} errors={error.fields} />,
  };
}

type RefusedRows = GuildhallError & { readonly code: `insight.rows-${string}` };

export function isRefusedRows(error: unknown): error is RefusedRows {
  return error instanceof GuildhallError && ["insight.rows-of-people", "insight.rows-purpose"].includes(error.code);
}

/** A dataset whose rows stay where they are: why, and what may be asked instead. */
export function noRowsContent(dataset: string, error: GuildhallError, session: Session): PageContent {
  const people = error.code === "insight.rows-of-people";
  return {
    title: "The rows are not shown",
    crumbs: [{ text: "Catalogue", href: "/datasets" }],
    mainAction: !people ? (
      <Button href="/purpose">Change the purpose</Button>
    ) : session.may(insightActions.ask) ? (
      <Button href={`/questions/new?${new URLSearchParams({ dataset }).toString()}`}>Ask a question of it</Button>
    ) : undefined,
    body: (
      <>
        <p class="govuk-body">{error.message}</p>
        <p class="govuk-body">{error.remedy}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/datasets/${encodeURIComponent(dataset)}`}>
            Back to the dataset
          </a>
        </p>
      </>
    ),
  };
}

function head({ entry }: RowsFrame): Pick<PageContent, "title" | "crumbs" | "wide"> {
  return {
    title: `Rows of “${entry.title}”`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    wide: true,
  };
}

function questionHref({ dataset, filters }: RowsView): string {
  const address = writeAddress({ dataset, under: "own", groupBy: [], measure: { kind: "count" }, filters: [...filters] });
  return `/questions/new?${address}`;
}

function questionText({ filters }: RowsView): string {
  return filters.length > 0 ? "Ask a question of these rows" : "Ask a question of it";
}

function RowsForm({ frame, address, errors }: { frame: RowsFrame; address: Address; errors: Readonly<Record<string, string>> }) {
  const { columns } = frame;
  return (
    <form
      class="gh-form gh-question gh-rows-form"
      method="get"
      action={`/datasets/${frame.entry.datasetId}/rows`}
      aria-label="Which rows"
      novalidate
    >
      <div class="gh-question__row">
        <Input name="search" label="Search in the columns of text" type="search" value={address["search"]} />
        <OrderBy columns={columns} address={address} />
        <Button>Show the rows</Button>
      </div>
      <Details summary={conditionsSummary(address)} open={Object.keys(errors).some((name) => /^[cov]\d+$/.test(name))}>
        <Conditions columns={columns} address={address} errors={errors} />
      </Details>
      {columns.length > mostColumns ? <ChooseColumns columns={columns} address={address} /> : null}
      <EarlierVersion frame={frame} address={address} errors={errors} />
      <ValueLists columns={columns} />
    </form>
  );
}

function conditionsSummary(address: Address): string {
  const used = Object.keys(address).filter((name) => /^c\d+$/.test(name) && address[name] !== "").length;
  return used === 0 ? "Only some of the rows" : used === 1 ? "1 condition is in force" : `${used} conditions are in force`;
}

function OrderBy({ columns, address }: { columns: readonly Usable[]; address: Address }) {
  return (
    <Select
      name="sort"
      label="Order"
      value={address["sort"]}
      items={[
        { value: "", text: "As in the file" },
        ...columns.flatMap((column) => [
          { value: String(column.number), text: `${column.label}, ${orderWords(column).up}` },
          { value: `-${column.number}`, text: `${column.label}, ${orderWords(column).down}` },
        ]),
      ]}
    />
  );
}

function orderWords({ storage }: Usable): { up: string; down: string } {
  if (storage === "DATE") return { up: "earliest first", down: "latest first" };
  return storage === "VARCHAR" ? { up: "A to Z", down: "Z to A" } : { up: "lowest first", down: "highest first" };
}

function ChooseColumns({ columns, address }: { columns: readonly Usable[]; address: Address }) {
  const chosen = columns.filter(({ number }) => address[`k${number}`] !== undefined);
  const shown = chosen.length > 0 ? chosen : columns.slice(0, mostColumns);
  return (
    <Details summary={`More columns: ${shown.length} of ${columns.length} are shown`}>
      <Checkboxes
        name="columns"
        legend="Columns to show"
        classes="govuk-checkboxes--small gh-columns"
        items={columns.map((column) => ({
          name: `k${column.number}`,
          id: `k${column.number}`,
          value: "1",
          text: column.label,
          checked: shown.includes(column),
        }))}
      />
    </Details>
  );
}

const mostListed = 50;

function EarlierVersion({
  frame,
  address,
  errors,
}: {
  frame: RowsFrame;
  address: Address;
  errors: Readonly<Record<string, string>>;
}) {
  const [newest, ...older] = frame.versions;
  if (!newest || older.length === 0) return null;
  const chosen = address["on"] ? "" : address["version"];
  return (
    <Details summary="As it stood before" open={errors["on"] !== undefined || Boolean(address["on"] || chosen)}>
      <div class="gh-question__row">
        <Input name="on" label="As it stood on" type="date" value={address["on"]} error={errors["on"]} />
        <Select
          name="version"
          label="Or in version"
          value={chosen}
          items={[
            { value: "", text: `Newest (version ${newest.number})` },
            ...older.slice(0, mostListed).map(({ number, committedAt }) => ({
              value: String(number),
              text: `Version ${number}, loaded ${formatInstant(committedAt)}`,
            })),
          ]}
        />
      </div>
    </Details>
  );
}

function Grid({ page, view }: { page: RowsPage; view: RowsView }) {
  const { shown, rows, reach } = page;
  const path = `/datasets/${view.dataset}/rows`;
  const reachable = { ...rows, total: Math.min(rows.total, reach) };
  return (
    <>
      <DataTable
        caption={`Rows of “${page.entry.title}”`}
        captionHidden
        rows={rows.rows}
        sort={view.sort ? sortText(view.sort) : undefined}
        href={(sort) => viewHref({ ...view, sort: { column: Number(sort.replace("-", "")), down: sort.startsWith("-") } })}
        empty={<Empty view={view} />}
        count={`${rangeText(rows, "row")}${rows.total > rows.size && view.sort ? orderSentence(view, shown) : ""}`}
        source={page.entry.attribution || undefined}
        columns={[
          { key: "record", title: "Row", align: "right", names: true, cell: ({ record }) => formatNumber(record) },
          ...shown.map((column, at): Column<DatasetRow> => ({
            key: `c${column.number}`,
            title: column.label,
            sort: String(column.number),
            align: isNumeric(column) ? "right" : "left",
            nowrap: staysWhole(column),
            cell: ({ cells }) => cellText(cells[at] ?? null, column),
          })),
        ]}
      />
      <PageLinks of={reachable} path={path} query={viewQuery(view)} />
      {rows.total > reach ? (
        <p class="govuk-body">
          Pages go as far as row {formatNumber(reach)} of an order. To see others, add a condition or turn the order round.
        </p>
      ) : null}
    </>
  );
}

function orderSentence({ sort }: RowsView, shown: readonly Usable[]): string {
  const column = shown.find(({ number }) => number === sort?.column);
  if (!sort || !column) return "";
  const words = orderWords(column);
  return `, ordered by ${inSentence(column.label)}, ${sort.down ? words.down : words.up}`;
}

function Empty({ view }: { view: RowsView }) {
  return (
    <EmptyState title="No row is like that">
      {view.search === ""
        ? "No row meets these conditions. Change them, or take one away."
        : "Nothing in the columns of text holds these letters, under the conditions in force. Try fewer letters."}
    </EmptyState>
  );
}
