import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface ErrorMessageProps {
  children: Content;
  id?: string | undefined;
  classes?: string | undefined;
  /** Read out before the message; "Error" unless given, none when empty. */
  prefix?: string | undefined;
  attributes?: Attributes | undefined;
}

export function ErrorMessage(props: ErrorMessageProps) {
  const prefix = props.prefix ?? "Error";
  return (
    <p class={classNames("govuk-error-message", props.classes)} id={props.id} {...props.attributes}>
      {prefix ? (
        <>
          <span class="govuk-visually-hidden">{prefix}:</span>{" "}
        </>
      ) : null}
      {props.children}
    </p>
  );
}
