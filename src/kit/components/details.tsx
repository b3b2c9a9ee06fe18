import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface DetailsProps {
  summary: Content;
  children?: Content;
  id?: string | undefined;
  open?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function Details(props: DetailsProps) {
  return (
    <details class={classNames("govuk-details", props.classes)} id={props.id} open={props.open} {...props.attributes}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{props.summary}</span>
      </summary>
      <div class="govuk-details__text">{props.children}</div>
    </details>
  );
}
