import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface SkipLinkProps {
  children: Content;
  href?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function SkipLink(props: SkipLinkProps) {
  return (
    <a
      href={props.href ?? "#content"}
      class={classNames("govuk-skip-link", props.classes)}
      {...props.attributes}
      data-module="govuk-skip-link"
    >
      {props.children}
    </a>
  );
}
