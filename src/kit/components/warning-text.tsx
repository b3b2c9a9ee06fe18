import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface WarningTextProps {
  children: Content;
  /** What the "!" is read out as. */
  sign?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function WarningText(props: WarningTextProps) {
  return (
    <div class={classNames("govuk-warning-text", props.classes)} {...props.attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{props.sign ?? "Warning"}</span> {props.children}
      </strong>
    </div>
  );
}
