import { Icon, Mark } from "../components/icon.tsx";
import { classNames } from "../components/common.ts";

export interface BarPerson {
  name: string;
  organisation: string;
  role: string;
  signOutCsrf: string;
}

export interface BarPurpose {
  label: string;
  changeHref: string;
  /** Emergency access: the whole bar turns brick, and says so. */
  breakGlass?: boolean | undefined;
}

export interface TopBarProps {
  place: string;
  person: BarPerson | undefined;
  purpose: BarPurpose | undefined;
  search: boolean;
  searchText: string | undefined;
}

/** Place, search, purpose in force, person: the same on every page. */
export function TopBar({ place, person, purpose, search, searchText }: TopBarProps) {
  return (
    <header class={classNames("gh-bar", purpose?.breakGlass && "gh-bar--break-glass")}>
      <div class="gh-bar__inner">
        <a class="gh-bar__place" href="/">
          <Mark />
          <span>{place}</span>
        </a>
        {search ? (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- older screen readers do not know <search>
          <form class="gh-bar__search" role="search" method="get" action="/search">
            <label class="govuk-visually-hidden" for="search">
              Search datasets, people, pages and help
            </label>
            <Icon name="search" />
            <input
              id="search"
              name="q"
              type="search"
              placeholder="Search"
              value={searchText}
              autocomplete="off"
              aria-keyshortcuts="/"
            />
            <kbd aria-hidden="true">/</kbd>
            <button class="govuk-visually-hidden" type="submit">
              Search
            </button>
          </form>
        ) : null}
        {purpose ? (
          <p class="gh-purpose">
            <span class="gh-purpose__word">{purpose.breakGlass ? "Emergency access" : "Purpose"}</span>
            <span class="gh-purpose__label">{purpose.label}</span>
            <a href={purpose.changeHref}>
              Change<span class="govuk-visually-hidden"> purpose</span>
            </a>
          </p>
        ) : null}
        {person ? (
          <div class="gh-person">
            <p class="gh-person__who">
              <strong>{person.name}</strong>
              <a class="gh-person__settings" href="/settings">
                Settings
              </a>
              <span>
                <span class="gh-person__role">{person.role}, </span>
                {person.organisation}
              </span>
            </p>
            <form method="post" action="/sign-out">
              <input type="hidden" name="_csrf" value={person.signOutCsrf} />
              <button class="gh-person__out" type="submit">
                Sign out
              </button>
            </form>
          </div>
        ) : null}
      </div>
    </header>
  );
}
