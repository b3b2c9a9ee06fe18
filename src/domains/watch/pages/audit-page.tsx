import { purposes, type House, type Page, type PageContent, type PageRequest, type Purpose } from "../../../access/index.ts";
import type { AuditRow } from "../../../audit/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { pageSize } from "../../../kernel/paging.ts";
import {
  Chip,
  DataTable,
  EmptyState,
  FilterForm,
  Input,
  page,
  Pagination,
  plural,
  Select,
  type Tone,
} from "../../../kit/index.ts";
import { listOwnEntryRows, titlesOf } from "../../catalogue/index.ts";
import { findPersonByEmail, namesOf } from "../../people/index.ts";
import { readFilter, searchLog } from "../search-log.ts";

type Query = PageRequest["query"];

const outcomes: Readonly<Record<string, { text: string; tone: Tone }>> = {
  done: { text: "Done", tone: "good" },
  refused: { text: "Refused", tone: "stop" },
  missing: { text: "Not available", tone: "stop" },
  failed: { text: "Failed", tone: "look" },
};

const mostListed = 200;

export const auditPages: readonly Page[] = [
  { method: "GET", path: "/audit", handle: async (request) => page(await auditContent(request)) },
];

async function auditContent({ session, house, query }: PageRequest): Promise<PageContent> {
  const rows = await searchLog(session, readFilter(await withIds(query, house), pageSize), house);
  const datasets = await listOwnEntryRows(house.store, session.organisation ?? "", { offset: 0, limit: mostListed });
  const labels = new Map(house.modules.flatMap((module) => module.actions.map((known) => [known.name, known.label] as const)));
  const choices = datasets.map(({ datasetId, title }) => ({ value: datasetId, text: title }));
  return {
    title: "Record of use",
    lede: "What people of your organisation did, and what anyone did with your organisation’s data. Entries are never changed or removed.",
    wide: true,
    body: (
      <>
        <Filters query={query} labels={labels} datasets={choices} />
        <Entries rows={rows} query={query} labels={labels} facts={await factsOf(rows, house)} />
        <Onward rows={rows} query={query} />
      </>
    ),
  };
}

/** People are named by email address; one that nobody has finds nothing, and does not say that nobody has it. */
async function withIds(query: Query, house: House): Promise<Query> {
  const person = query["person"]?.trim() ?? "";
  if (!person.includes("@")) return query;
  return { ...query, person: (await findPersonByEmail(house.store, person)) ?? "nobody" };
}

interface Facts {
  readonly names: ReadonlyMap<string, string>;
  readonly titles: ReadonlyMap<string, string>;
}

async function factsOf(rows: readonly AuditRow[], { store }: House): Promise<Facts> {
  const people = rows.flatMap(({ entry }) => entry.person ?? []);
  const datasets = rows.flatMap(({ entry }) => entry.data.map(({ dataset }) => dataset));
  return { names: await namesOf(store, people), titles: await titlesOf(store, datasets) };
}

interface FiltersProps {
  query: Query;
  labels: ReadonlyMap<string, string>;
  datasets: readonly { value: string; text: string }[];
}

function Filters({ query, labels, datasets }: FiltersProps) {
  const any = { value: "", text: "Anything" };
  const filtered = Object.entries(query).some(([name, value]) => name !== "before" && value !== "");
  const sorted = [...labels].map(([value, text]) => ({ value, text })).toSorted((one, other) => (one.text < other.text ? -1 : 1));
  return (
    <FilterForm action="/audit" button="Show" {...(filtered ? { clearHref: "/audit" } : {})}>
      <Select
        name="outcome"
        label="Ended as"
        value={query["outcome"] ?? ""}
        items={[any, ...Object.entries(outcomes).map(([value, { text }]) => ({ value, text }))]}
      />
      <Select name="action" label="What was done" value={query["action"] ?? ""} items={[any, ...sorted]} />
      <Input name="person" label="Who: email address" value={query["person"]} classes="govuk-input--width-20" />
      {datasets.length === mostListed ? (
        <Input name="dataset" label="Dataset: its id" value={query["dataset"]} classes="govuk-input--width-20" />
      ) : (
        <Select name="dataset" label="Dataset" value={query["dataset"] ?? ""} items={[any, ...datasets]} />
      )}
      <Input
        name="subject"
        label="Whose record: reference on its page"
        value={query["subject"]}
        classes="govuk-input--width-20"
      />
      <Input name="from" label="From" type="date" value={query["from"]} classes="govuk-input--width-10" />
      <Input name="until" label="Until" type="date" value={query["until"]} classes="govuk-input--width-10" />
      <Input name="reference" label="Reference of the entry" value={query["reference"]} classes="govuk-input--width-10" />
    </FilterForm>
  );
}

interface EntriesProps {
  rows: readonly AuditRow[];
  query: Query;
  labels: ReadonlyMap<string, string>;
  facts: Facts;
}

function Entries({ rows, query, labels, facts }: EntriesProps) {
  return (
    <DataTable
      caption="Entries"
      captionHidden
      rows={rows}
      empty={
        <EmptyState title="No entries fit">
          Take a filter away. The record holds what your organisation did, and what others did with its data.
        </EmptyState>
      }
      columns={[
        { key: "at", title: "When", nowrap: true, names: true, cell: ({ entry }) => formatInstant(entry.at) },
        { key: "who", title: "Who", cell: ({ entry }) => <Who of={entry} query={query} names={facts.names} /> },
        { key: "what", title: "What was done", cell: ({ entry }) => labels.get(entry.action) ?? entry.action },
        { key: "outcome", title: "Ended as", cell: ({ entry }) => <Outcome of={entry.outcome} reason={entry.reason} /> },
        { key: "purpose", title: "Purpose", cell: ({ entry }) => purposeOf(entry.purpose) },
        {
          key: "data",
          title: "Data",
          cell: ({ entry }) =>
            entry.data.length === 0
              ? "–"
              : entry.data
                  .map(
                    ({ dataset, rows: count }) =>
                      `${facts.titles.get(dataset) ?? "A dataset that is gone"}, ${plural(count, "row")}`,
                  )
                  .join("; "),
        },
        { key: "reference", title: "Reference", nowrap: true, cell: ({ entry }) => <code>{entry.reference}</code> },
      ]}
    />
  );
}

function Who({ of, query, names }: { of: AuditRow["entry"]; query: Query; names: Facts["names"] }) {
  if (of.person === null) return <>{of.session === "operator" ? "The operator" : "Nobody signed in"}</>;
  const name = names.get(of.person) ?? of.person;
  if (query["person"] === of.person) return <>{name}</>;
  return (
    <a class="govuk-link" href={addressOf({ ...query, person: of.person }, ["before"])}>
      {name}
    </a>
  );
}

function purposeOf(purpose: string | null): string {
  return purpose === null ? "–" : (purposes[purpose as Purpose]?.label ?? purpose);
}

function Outcome({ of, reason }: { of: string; reason: string | null }) {
  const { text, tone } = outcomes[of] ?? { text: of, tone: "plain" as const };
  return (
    <>
      <Chip text={text} tone={tone} />
      {reason === null ? null : <> {reason.replaceAll("_", " ")}</>}
    </>
  );
}

function Onward({ rows, query }: { rows: readonly AuditRow[]; query: Query }) {
  const last = rows.at(-1);
  const older = last && rows.length === pageSize ? addressOf({ ...query, before: String(last.sequence) }) : undefined;
  const newest = (query["before"] ?? "") === "" ? undefined : addressOf(query, ["before"]);
  if (older === undefined && newest === undefined) return null;
  return (
    <Pagination
      previous={newest === undefined ? undefined : { href: newest, text: "Newest entries" }}
      next={older === undefined ? undefined : { href: older, text: "Older entries" }}
    />
  );
}

function addressOf(query: Query, without: readonly string[] = []): string {
  const kept = Object.entries(query).filter(([name, value]) => value !== "" && !without.includes(name));
  return kept.length === 0 ? "/audit" : `/audit?${new URLSearchParams(kept).toString()}`;
}
