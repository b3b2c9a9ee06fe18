import { Icon, iconOf } from "../components/icon.tsx";

export interface NavVerb {
  verb: string;
  href: string;
  current: boolean;
  items?: readonly { text: string; href: string; current: boolean }[] | undefined;
}

/**
 * Navigation by verb: a column on wide screens, a disclosure on a phone. Written twice, because no style sheet opens a
 * closed `<details>` in every browser; the style sheet shows one, so a screen reader meets one.
 */
export function Navigation({ nav }: { nav: readonly NavVerb[] }) {
  const here = nav.find((verb) => verb.current);
  return (
    <div class="gh-side">
      <details class="gh-nav-fold">
        <summary>
          <Icon name="menu" />
          Menu
          {here ? <span class="gh-nav-fold__here">{here.verb}</span> : null}
        </summary>
        <nav aria-label="Main">
          <VerbList nav={nav} />
        </nav>
      </details>
      <nav class="gh-nav" aria-label="Main">
        <VerbList nav={nav} />
      </nav>
    </div>
  );
}

function VerbList({ nav }: { nav: readonly NavVerb[] }) {
  return (
    <ul class="gh-verbs">
      {nav.map((verb) => {
        const icon = iconOf(verb.verb);
        const inside = verb.items?.some((item) => item.current) ?? false;
        return (
          <li class="gh-verbs__verb">
            <a class="gh-verbs__link" href={verb.href} aria-current={verb.current ? (inside ? "true" : "page") : undefined}>
              {icon ? <Icon name={icon} /> : null}
              {verb.verb}
            </a>
            {verb.current && verb.items && verb.items.length > 0 ? (
              <ul class="gh-verbs__items">
                {verb.items.map((item) => (
                  <li>
                    <a class="gh-verbs__item" href={item.href} aria-current={item.current ? "page" : undefined}>
                      {item.text}
                    </a>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
