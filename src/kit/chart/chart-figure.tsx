import type { ComponentChildren } from "preact";
import { Details } from "../components/details.tsx";
import { Finding } from "../components/finding.tsx";
import { SourceLine } from "../components/source-line.tsx";

/** What every chart says in words. */
export interface ChartWords {
  /** Unique on the page: parts of the drawing are found by it. */
  id: string;
  /** The finding, written from the figures by rule, or else the plain question. */
  title: string;
  /** Measure, unit, place, period. */
  subtitle: string;
  /** Source, date, n, and notes. */
  source: string;
  /** Heading level of the title. */
  level?: 2 | 3 | undefined;
  /** The table stands open under the drawing. */
  tableOpen?: boolean | undefined;
}

export interface ChartTable {
  columns: readonly { title: string; number?: boolean }[];
  /** The first cell of a row names it. */
  rows: readonly (readonly string[])[];
}

interface ChartFigureProps {
  words: ChartWords;
  table: ChartTable;
  children: ComponentChildren;
}

/** The frame of every chart: the finding, the drawing, its source, and the same figures as a real table. */
export function ChartFigure({ words, table, children }: ChartFigureProps) {
  return (
    <figure class="gh-chart" aria-labelledby={`${words.id}-title`}>
      <Finding title={words.title} subtitle={words.subtitle} level={words.level} id={`${words.id}-title`} />
      <div class="gh-chart__drawing">{children}</div>
      <SourceLine>{words.source}</SourceLine>
      <Details summary="The figures as a table" open={words.tableOpen} classes="gh-chart__table">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <section class="gh-table-scroll" aria-label={`Table: ${words.title}`} tabIndex={0}>
          <table class="gh-table">
            <caption class="govuk-visually-hidden">
              {words.title}. {words.subtitle}
            </caption>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th scope="col" class={column.number ? "gh-num" : undefined}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr>
                  {row.map((cell, at) =>
                    at === 0 ? (
                      <th scope="row">{cell}</th>
                    ) : (
                      <td class={table.columns[at]?.number ? "gh-num" : undefined}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Details>
    </figure>
  );
}
