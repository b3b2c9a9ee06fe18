import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface InsetTextProps {
  children: Content;
  id?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function InsetText(props: InsetTextProps) {
  return (
    <div class={classNames("govuk-inset-text", props.classes)} id={props.id} {...props.attributes}>
      {props.children}
    </div>
  );
}
