import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface HintProps {
  children: Content;
  id?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function Hint(props: HintProps) {
  return (
    <div class={classNames("govuk-hint", props.classes)} id={props.id} {...props.attributes}>
      {props.children}
    </div>
  );
}
