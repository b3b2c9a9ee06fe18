/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- shown as blocks on a phone, a table keeps its meaning in every browser only where its roles are said */
import type { Content } from "./common.ts";
import { classNames } from "./common.ts";
import { Icon } from "./icon.tsx";
import { SourceLine } from "./source-line.tsx";

export interface Column<Row> {
  key: string;
  title: Content;
  /** What stands in the cell: a word, a link, a chip. Numbers arrive formatted, with their marks ([c], [x]). */
  cell: (row: Row) => Content;
  align?: "left" | "right" | undefined;
  /** The name of this column in the address (`?sort=name`, `?sort=-name`); absent, it does not sort. */
  sort?: string | undefined;
  /** The column that names the row, read out with every cell; the first unless one says so. */
  names?: boolean | undefined;
  /** Codes, ids and dates that must not break. */
  nowrap?: boolean | undefined;
}

export interface DataTableProps<Row> {
  caption: string;
  /** The caption is read out but not shown, where a heading above says the same. */
  captionHidden?: boolean | undefined;
  columns: readonly Column<Row>[];
  /** Columns that do not fit beside the navigation: rows stand in blocks on middling screens as they do on a phone. */
  many?: boolean | undefined;
  rows: readonly Row[];
  /** The order in force: `name`, or `-name` for the largest first. */
  sort?: string | undefined;
  /** The address of this list in another order. */
  href?: ((sort: string) => string) | undefined;
  /** Teaches: what would be here, and what to do first. */
  empty: Content;
  /** By column key; the label says what is totalled. */
  total?: { label: string; cells: Readonly<Record<string, Content>> } | undefined;
  /** How many there are in all: "1 to 50 of 1,204 datasets". */
  count?: string | undefined;
  csvHref?: string | undefined;
  source?: Content;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  if (props.rows.length === 0) return <div class="gh-table-empty">{props.empty}</div>;
  const { columns, total } = props;
  const stacks = columns.length > 2;
  const shown = (content: Content) => (stacks ? <div class="gh-table__value">{content}</div> : content);
  const naming = columns.find((column) => column.names) ?? columns[0];
  return (
    <div class="gh-table-block">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section class="gh-table-scroll" aria-label={props.caption} tabIndex={0}>
        <table class={classNames("gh-table", stacks && "gh-table--stack", props.many && "gh-table--many")} role="table">
          <caption class={props.captionHidden ? "govuk-visually-hidden" : "gh-table__caption"}>{props.caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <HeadCell column={column} sort={props.sort} href={props.href} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {props.rows.map((row) => (
              <tr role="row">
                {columns.map((column) =>
                  column === naming ? (
                    <th scope="row" role="rowheader" class={cellClass(column)}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td role="cell" class={cellClass(column)} data-title={titleOf(column)}>
                      {shown(column.cell(row))}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
          {total ? (
            <tfoot role="rowgroup">
              <tr role="row">
                {columns.map((column) =>
                  column === naming ? (
                    <th scope="row" role="rowheader" class={cellClass(column)}>
                      {total.label}
                    </th>
                  ) : (
                    <td role="cell" class={cellClass(column)} data-title={titleOf(column)}>
                      {shown(total.cells[column.key])}
                    </td>
                  ),
                )}
              </tr>
            </tfoot>
          ) : null}
        </table>
      </section>
      {props.count || props.csvHref || props.source ? (
        <div class="gh-table-foot">
          {props.count ? <span class="gh-table-foot__count">{props.count}</span> : null}
          {props.source ? <SourceLine>{props.source}</SourceLine> : null}
          {props.csvHref ? (
            <a class="govuk-link gh-table-foot__csv" href={props.csvHref}>
              <Icon name="download" />
              Download CSV
            </a>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

interface HeadCellProps<Row> {
  column: Column<Row>;
  sort: string | undefined;
  href: ((sort: string) => string) | undefined;
}

function HeadCell<Row>({ column, sort, href }: HeadCellProps<Row>) {
  if (column.sort === undefined || href === undefined) {
    return (
      <th scope="col" role="columnheader" class={cellClass(column)}>
        {column.title}
      </th>
    );
  }
  const descending = sort === `-${column.sort}`;
  const ascending = sort === column.sort;
  return (
    <th
      scope="col"
      role="columnheader"
      class={cellClass(column)}
      aria-sort={ascending ? "ascending" : descending ? "descending" : undefined}
    >
      <a class="gh-table__sort" href={href(ascending ? `-${column.sort}` : column.sort)}>
        {column.title}
        {ascending ? <Icon name="up" /> : descending ? <Icon name="down" /> : null}
      </a>
    </th>
  );
}

/** On a phone each row stands by itself, its cells one below the other, each after its column's title. */
function titleOf<Row>(column: Column<Row>): string | undefined {
  return typeof column.title === "string" ? column.title : undefined;
}

function cellClass<Row>(column: Column<Row>): string | undefined {
  return classNames(column.align === "right" && "gh-num", column.nowrap && "gh-nowrap");
}
