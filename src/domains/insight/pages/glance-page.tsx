import type { Page, PageContent } from "../../../access/index.ts";
import { civilDate, formatDate } from "../../../kernel/clock.ts";
import { httpStatusOf } from "../../../kernel/errors.ts";
import {
  BarChart,
  Choropleth,
  formatNumber,
  Histogram,
  page,
  pageFrom,
  PageLinks,
  plural,
  SummaryList,
  TimeLine,
} from "../../../kit/index.ts";
import { getType } from "../../../vocabulary/index.ts";
import { breaksOf } from "../breaks.ts";
import { valueWords } from "../columns.ts";
import { glanceAt, type Glance, type GlancedColumn } from "../glance.ts";
import { mostInLine, mostValues } from "../glance-statement.ts";
import { isRefusedRows, noRowsContent } from "./rows-page.tsx";

export const glancePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/glance",
    handle: async ({ session, house, params, query }) => {
      const dataset = params["id"] ?? "";
      try {
        return page(glanceContent(await glanceAt(session, dataset, pageFrom(query), house)));
      } catch (error) {
        if (isRefusedRows(error)) return page(noRowsContent(dataset, error, session), httpStatusOf[error.kind]);
        throw error;
      }
    },
  },
];

/** Each column as a small picture of its values, or in words where a picture would say nothing. */
export function glanceContent(glance: Glance): PageContent {
  const { entry, version, rows, columns } = glance;
  const path = `/datasets/${entry.datasetId}`;
  const inWords = columns.rows.filter(({ drawn, groups }) => drawn === null || groups.length === 0);
  return {
    title: `Columns of “${entry.title}” at a glance`,
    lede: `How the values of ${plural(columns.total, "column")} are spread over ${plural(rows, "row")}, as loaded on ${formatDate(civilDate(version.committedAt))}.`,
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: path },
    ],
    wide: true,
    body: (
      <>
        <div class="gh-glance">
          {columns.rows.map((one) => (
            <Picture one={one} glance={glance} />
          ))}
        </div>
        {inWords.length === 0 ? null : (
          <>
            <h2 class="govuk-heading-m">In words</h2>
            <SummaryList rows={inWords.map((one) => ({ key: one.column.label, value: words(one, rows) }))} />
          </>
        )}
        <PageLinks of={columns} path={`${path}/glance`} />
        <p class="govuk-body">
          <a class="govuk-link" href={`${path}/rows`}>
            Look at the rows
          </a>
        </p>
      </>
    ),
  };
}

function words({ column, filled, distinct }: GlancedColumn, rows: number): string {
  const share = rows === 0 ? "No rows" : `${formatNumber(filled)} of ${plural(rows, "row")} filled`;
  return `${getType(column.type).label}. ${share}, about ${plural(distinct, "different value")}.`;
}

function chartWords({ column, filled, distinct, groups, drawn }: GlancedColumn, { entry, version, rows }: Glance) {
  const empty = rows - filled;
  const left =
    drawn?.as === "values" && distinct > groups.length
      ? `; the ${groups.length} most frequent of about ${formatNumber(distinct)}`
      : "";
  return {
    id: `c${column.number}`,
    title: column.label,
    subtitle: `Rows by value${empty === 0 ? "" : `, ${formatNumber(empty)} without one`}${left}`,
    source: `Source: ${entry.title}, version ${version.number}.${entry.attribution === "" ? "" : ` ${entry.attribution.replace(/\.?$/, ".")}`}`,
    level: 2 as const,
  };
}

function Picture({ one, glance }: { one: GlancedColumn; glance: Glance }) {
  const { drawn, groups } = one;
  if (drawn === null || groups.length === 0) return null;
  switch (drawn.as) {
    case "spread":
      return <Spread one={one} glance={glance} />;
    case "time":
      return <OverTime one={one} glance={glance} />;
    case "values":
      return <Values one={one} glance={glance} />;
  }
}

function Spread({ one, glance }: { one: GlancedColumn; glance: Glance }) {
  const { drawn, groups, column } = one;
  if (drawn?.as !== "spread") return null;
  const { from, step, bins } = drawn;
  const counts = new Map(groups.map(({ key, n }) => [Math.trunc(Number(key)), n]));
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const edge = (at: number) => Number((from + at * step).toFixed(digits));
  const sign = column.type === "money.gbp" ? "£" : "";
  return (
    <Histogram
      {...chartWords(one, glance)}
      across={column.label}
      counted="Rows"
      format={(value) => `${sign}${step >= 1 && Math.abs(value) >= 10_000 ? formatNumber(value) : value.toFixed(digits)}`}
      bins={Array.from({ length: bins }, (_, at) => {
        const n = counts.get(at) ?? 0;
        return { from: edge(at), to: edge(at + 1), value: n, shown: true, text: formatNumber(n) };
      })}
    />
  );
}

function OverTime({ one, glance }: { one: GlancedColumn; glance: Glance }) {
  const { drawn, groups } = one;
  if (drawn?.as !== "time") return null;
  const { unit } = drawn;
  const form = (date: string) =>
    unit === "year" ? date.slice(0, 4) : unit === "month" ? formatDate(date).replace(/^1 /, "") : formatDate(date);
  const points = withGaps(groups, unit).map(({ key, n }) => ({ at: key, value: n, shown: true, text: formatNumber(n) }));
  return (
    <TimeLine {...chartWords(one, glance)} counted={`Rows a ${unit}`} formatDate={form} series={[{ name: "Rows", points }]} />
  );
}

/** Days, months and years without a row count none, where they are not too many to draw. */
function withGaps(groups: GlancedColumn["groups"], unit: "day" | "month" | "year"): GlancedColumn["groups"] {
  const sorted = groups.toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const [first, last] = [sorted[0]?.key ?? "", sorted.at(-1)?.key ?? ""];
  const counts = new Map(sorted.map(({ key, n }) => [key, n]));
  const filled: { key: string; n: number }[] = [];
  const date = new Date(first);
  while (filled.length <= mostInLine && date.toISOString().slice(0, 10) <= last) {
    const key = date.toISOString().slice(0, 10);
    filled.push({ key, n: counts.get(key) ?? 0 });
    if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() + 1);
    else if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
    else date.setUTCDate(date.getUTCDate() + 1);
  }
  return filled.length > mostInLine ? sorted : filled;
}

function Values({ one, glance }: { one: GlancedColumn; glance: Glance }) {
  const { column, groups, areas } = one;
  const names = new Map(areas?.shapes.map(({ code, name }) => [code, name]));
  const values = groups.map(({ key, n }) => ({
    code: key,
    name: names.get(key) ?? valueWords(key, column),
    value: n,
    shown: true,
    text: formatNumber(n),
  }));
  const shares = values.map((value) => ({ ...value, value: (100 * value.value) / one.filled }));
  const breaks = areas && new Set(groups.map(({ n }) => n)).size > 2 ? breaksOf(shares.map(({ value }) => value)) : undefined;
  if (areas && breaks) {
    return (
      <Choropleth
        {...chartWords(one, glance)}
        boundaries={areas.set.title}
        shapes={areas.shapes}
        values={shares.map((value) => ({ ...value, text: `${value.value.toFixed(1)} % (${value.text})` }))}
        breaks={breaks}
        format={(value) => `${value.toFixed(1)} %`}
        legend="Share of the rows"
        nameTitle={column.label}
        valueTitle="Share of the rows"
      />
    );
  }
  return (
    <BarChart {...chartWords(one, glance)} values={values.slice(0, mostValues)} nameTitle={column.label} valueTitle="Rows" />
  );
}
