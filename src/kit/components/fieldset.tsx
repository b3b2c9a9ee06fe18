import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface FieldsetProps {
  legend?: Content;
  legendClasses?: string | undefined;
  legendIsHeading?: boolean | undefined;
  describedBy?: string | undefined;
  role?: "group" | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  children?: Content;
}

export function Fieldset(props: FieldsetProps) {
  return (
    <fieldset
      class={classNames("govuk-fieldset", props.classes)}
      role={props.role}
      aria-describedby={props.describedBy}
      {...props.attributes}
    >
      {props.legend === undefined ? null : (
        <legend class={classNames("govuk-fieldset__legend", props.legendClasses)}>
          {props.legendIsHeading ? <h1 class="govuk-fieldset__heading">{props.legend}</h1> : props.legend}
        </legend>
      )}
      {props.children}
    </fieldset>
  );
}
