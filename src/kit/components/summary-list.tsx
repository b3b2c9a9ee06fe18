import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface SummaryAction {
  href: string;
  text: Content;
  /** Read out after the text, so that "Change" says what. */
  about?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface SummaryRow {
  key: Content;
  value?: Content;
  actions?: readonly SummaryAction[] | undefined;
  classes?: string | undefined;
  keyClasses?: string | undefined;
  valueClasses?: string | undefined;
  actionsClasses?: string | undefined;
}

export interface SummaryListProps {
  rows: readonly SummaryRow[];
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Named values, one a row, each with what may be done to it. */
export function SummaryList(props: SummaryListProps) {
  const anyActions = props.rows.some((row) => row.actions && row.actions.length > 0);
  return (
    <dl class={classNames("govuk-summary-list", props.classes)} {...props.attributes}>
      {props.rows.map((row) => (
        <div
          class={classNames(
            "govuk-summary-list__row",
            anyActions && !row.actions && "govuk-summary-list__row--no-actions",
            row.classes,
          )}
        >
          <dt class={classNames("govuk-summary-list__key", row.keyClasses)}>{row.key}</dt>
          <dd class={classNames("govuk-summary-list__value", row.valueClasses)}>{row.value}</dd>
          {row.actions && row.actions.length > 0 ? (
            <dd class={classNames("govuk-summary-list__actions", row.actionsClasses)}>
              <Actions actions={row.actions} />
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

function Actions({ actions }: { actions: readonly SummaryAction[] }) {
  const [first] = actions;
  if (actions.length === 1 && first) return <ActionLink action={first} />;
  return (
    <ul class="govuk-summary-list__actions-list">
      {actions.map((action) => (
        <li class="govuk-summary-list__actions-list-item">
          <ActionLink action={action} />
        </li>
      ))}
    </ul>
  );
}

function ActionLink({ action }: { action: SummaryAction }) {
  return (
    <a class={classNames("govuk-link", action.classes)} href={action.href} {...action.attributes}>
      {action.text}
      {action.about ? <span class="govuk-visually-hidden"> {action.about}</span> : null}
    </a>
  );
}
