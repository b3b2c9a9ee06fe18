import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface LabelProps {
  children?: Content;
  for?: string | undefined;
  classes?: string | undefined;
  /** The label is also the page's heading. */
  isHeading?: boolean | undefined;
  attributes?: Attributes | undefined;
}

export function Label(props: LabelProps) {
  if (props.children === undefined || props.children === "") return null;
  const label = (
    <label class={classNames("govuk-label", props.classes)} for={props.for} {...props.attributes}>
      {props.children}
    </label>
  );
  return props.isHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label;
}
