import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface TableCell {
  text?: Content;
  format?: "numeric" | undefined;
  classes?: string | undefined;
  colspan?: number | undefined;
  rowspan?: number | undefined;
  attributes?: Attributes | undefined;
}

export interface TableProps {
  caption?: Content;
  captionClasses?: string | undefined;
  head?: readonly TableCell[] | undefined;
  rows: readonly (readonly TableCell[])[];
  firstCellIsHeader?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A small plain table. Lists of records use `DataTable`. */
export function Table(props: TableProps) {
  return (
    <table class={classNames("govuk-table", props.classes)} {...props.attributes}>
      {props.caption ? <caption class={classNames("govuk-table__caption", props.captionClasses)}>{props.caption}</caption> : null}
      {props.head ? (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {props.head.map((cell) => (
              <th
                scope="col"
                class={classNames("govuk-table__header", cell.format && `govuk-table__header--${cell.format}`, cell.classes)}
                {...spans(cell)}
              >
                {cell.text}
              </th>
            ))}
          </tr>
        </thead>
      ) : null}
      <tbody class="govuk-table__body">
        {props.rows.map((row) => (
          <tr class="govuk-table__row">
            {row.map((cell, at) =>
              at === 0 && props.firstCellIsHeader ? (
                <th scope="row" class={classNames("govuk-table__header", cell.classes)} {...spans(cell)}>
                  {cell.text}
                </th>
              ) : (
                <td
                  class={classNames("govuk-table__cell", cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
                  {...spans(cell)}
                >
                  {cell.text}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function spans(cell: TableCell) {
  return { colspan: cell.colspan, rowspan: cell.rowspan, ...cell.attributes };
}
