import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface PageLink {
  href: string;
  text?: Content;
  /** The next page's own name, where pages have names. */
  label?: string | undefined;
}

export interface PaginationProps {
  previous?: PageLink | undefined;
  next?: PageLink | undefined;
  items?:
    readonly ({ number: string; href: string; current?: boolean; label?: string | undefined } | { ellipsis: true })[] | undefined;
  label?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function Pagination(props: PaginationProps) {
  const block = props.items === undefined && (props.next !== undefined || props.previous !== undefined);
  return (
    <nav
      class={classNames("govuk-pagination", block && "govuk-pagination--block", props.classes)}
      aria-label={props.label ?? "Pagination"}
      {...props.attributes}
    >
      {props.previous ? <Step link={props.previous} to="prev" block={block} /> : null}
      {props.items ? (
        <ul class="govuk-pagination__list">
          {props.items.map((item) =>
            "ellipsis" in item ? (
              <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>
            ) : (
              <li class={classNames("govuk-pagination__item", item.current && "govuk-pagination__item--current")}>
                <a
                  class="govuk-link govuk-pagination__link"
                  href={item.href}
                  aria-label={item.label ?? `Page ${item.number}`}
                  aria-current={item.current ? "page" : undefined}
                >
                  {item.number}
                </a>
              </li>
            ),
          )}
        </ul>
      ) : null}
      {props.next ? <Step link={props.next} to="next" block={block} /> : null}
    </nav>
  );
}

function Step({ link, to, block }: { link: PageLink; to: "prev" | "next"; block: boolean }) {
  return (
    <div class={`govuk-pagination__${to}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={to}>
        {block || to === "prev" ? <Arrow to={to} /> : null}
        <span
          class={classNames("govuk-pagination__link-title", block && !link.label && "govuk-pagination__link-title--decorated")}
        >
          {link.text ?? (
            <>
              {to === "prev" ? "Previous" : "Next"}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
        </span>
        {link.label && block ? (
          <>
            <span class="govuk-visually-hidden">:</span>
            <span class="govuk-pagination__link-label">{link.label}</span>
          </>
        ) : null}
        {!block && to === "next" ? <Arrow to={to} /> : null}
      </a>
    </div>
  );
}

const arrows = {
  prev: "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z",
  next: "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z",
} as const;

function Arrow({ to }: { to: "prev" | "next" }) {
  return (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${to}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrows[to]} />
    </svg>
  );
}
