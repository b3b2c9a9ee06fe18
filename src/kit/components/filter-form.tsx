import { Button } from "./button.tsx";
import type { Content } from "./common.ts";

export interface FilterFormProps {
  action: string;
  children: Content;
  button?: string | undefined;
  /** What the address also carries, such as the sort order. */
  keep?: Readonly<Record<string, string>> | undefined;
  clearHref?: string | undefined;
  /** What is in force, each with a way to take it away. */
  active?: readonly { text: string; removeHref: string }[] | undefined;
}

/** Filters whose state is the address: a GET form, so that a filtered list can be sent to a colleague. */
export function FilterForm(props: FilterFormProps) {
  return (
    <form class="gh-filter" method="get" action={props.action} aria-label="Filters">
      {Object.entries(props.keep ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="gh-filter__fields">
        {props.children}
        <div class="gh-filter__go">
          <Button secondary>{props.button ?? "Show"}</Button>
          {props.clearHref === undefined ? null : (
            <a class="govuk-link" href={props.clearHref}>
              Clear filters
            </a>
          )}
        </div>
      </div>
      {props.active && props.active.length > 0 ? (
        <ul class="gh-filter__active" aria-label="Filters in force">
          {props.active.map((filter) => (
            <li>
              <a class="gh-filter__remove" href={filter.removeHref}>
                <span class="govuk-visually-hidden">Remove </span>
                {filter.text}
                <span aria-hidden="true"> ×</span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </form>
  );
}
