import type { Content, Tone } from "../components/common.ts";
import { classNames } from "../components/common.ts";
import { Icon } from "../components/icon.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { SkipLink } from "../components/skip-link.tsx";
import { Navigation, type NavVerb } from "./navigation.tsx";
import { PageHead } from "./page-head.tsx";
import { TopBar, type BarPerson, type BarPurpose } from "./top-bar.tsx";

export interface LayoutProps {
  title: string;
  /** One sentence that says what this page is. */
  lede?: Content;
  state?: { text: string; tone: Tone } | undefined;
  /** The place this hub serves. */
  place: string;
  nav: readonly NavVerb[];
  crumbs?: readonly { text: string; href: string }[] | undefined;
  /** Nobody: a public page, or sign-in; then there is no navigation. */
  person?: BarPerson | undefined;
  purpose?: BarPurpose | undefined;
  /** The sample hub: a strip on every page says that everyone here is invented. */
  invented: boolean;
  /** What just happened, once. */
  flash?: { text: string; tone: Tone } | undefined;
  errors?: readonly { text: string; href: string }[] | undefined;
  search?: boolean | undefined;
  /** What stands in the search box after a search. */
  searchText?: string | undefined;
  mainAction?: Content;
  /** Reloads the page for live progress where there is no script. */
  refreshSeconds?: number | undefined;
  /** Tables and maps that want the whole width. */
  wide?: boolean | undefined;
  /** Help, privacy, accessibility: whatever pages of this kind the hub has. */
  footer?: readonly { text: string; href: string }[] | undefined;
  children: Content;
}

/** The whole document of every page. */
export function Layout(props: LayoutProps) {
  const working = props.person !== undefined;
  const errors = props.errors ?? [];
  return (
    <html lang="en-GB" class={working ? "gh-working" : "gh-public"}>
      <head>
        <meta charset="utf-8" />
        <title>{`${errors.length > 0 ? "Error: " : ""}${props.title} – ${props.place}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {props.refreshSeconds === undefined ? null : (
          <noscript>
            <meta http-equiv="refresh" content={String(props.refreshSeconds)} />
          </noscript>
        )}
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/style.css" />
        <script type="module" src="/assets/islands.js" />
      </head>
      <body class="gh-page">
        <SkipLink>Skip to main content</SkipLink>
        <TopBar
          place={props.place}
          person={props.person}
          purpose={props.purpose}
          search={props.search ?? false}
          searchText={props.searchText}
        />
        {props.invented ? (
          <aside class="gh-strip" aria-label="About this hub">
            <Icon name="note" />
            <span>
              <strong>Sample hub.</strong> Everyone here is invented.
            </span>
          </aside>
        ) : null}
        <div class={classNames("gh-frame", working && props.nav.length > 0 && "gh-frame--nav", props.wide && "gh-frame--wide")}>
          {working && props.nav.length > 0 ? <Navigation nav={props.nav} /> : null}
          <main class="gh-main" id="content">
            <div class="gh-main__inner">
              {errors.length > 0 ? <ErrorSummary errors={errors} /> : null}
              {props.flash ? <Flash {...props.flash} /> : null}
              <PageHead
                title={props.title}
                lede={props.lede}
                state={props.state}
                crumbs={props.crumbs}
                mainAction={props.mainAction}
              />
              {props.children}
            </div>
          </main>
        </div>
        <footer class="gh-footer">
          <div class="gh-footer__inner">
            <p>
              <strong>Guildhall</strong>, the open community information hub of {props.place}.
            </p>
            {props.footer && props.footer.length > 0 ? (
              <ul class="gh-footer__links">
                {props.footer.map((link) => (
                  <li>
                    <a href={link.href}>{link.text}</a>
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        </footer>
      </body>
    </html>
  );
}

function Flash({ text, tone }: { text: string; tone: Tone }) {
  return (
    <div class={`gh-flash gh-flash--${tone}`} role={tone === "stop" ? "alert" : "status"}>
      <Icon name={tone === "plain" ? "note" : tone} />
      <p>{text}</p>
    </div>
  );
}
