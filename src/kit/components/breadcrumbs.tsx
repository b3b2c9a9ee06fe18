import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface BreadcrumbsProps {
  /** From the top down. An item without `href` is the page itself. */
  items: readonly { text: Content; href?: string | undefined; attributes?: Attributes | undefined }[];
  label?: string | undefined;
  collapseOnMobile?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function Breadcrumbs(props: BreadcrumbsProps) {
  return (
    <nav
      class={classNames("govuk-breadcrumbs", props.classes, props.collapseOnMobile && "govuk-breadcrumbs--collapse-on-mobile")}
      aria-label={props.label ?? "Breadcrumb"}
      {...props.attributes}
    >
      <ol class="govuk-breadcrumbs__list">
        {props.items.map((item) =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ),
        )}
      </ol>
    </nav>
  );
}
