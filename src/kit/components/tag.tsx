import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface TagProps {
  children: Content;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function Tag(props: TagProps) {
  return (
    <strong class={classNames("govuk-tag", props.classes)} {...props.attributes}>
      {props.children}
    </strong>
  );
}
