export interface Tab {
  text: string;
  href: string;
  current: boolean;
  count?: string | undefined;
}

/** Views of one thing, each its own address: plain links, so that they work without script and can be sent on. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="gh-tabs" aria-label={label}>
      <ul class="gh-tabs__list">
        {tabs.map((tab) => (
          <li>
            <a class="gh-tabs__link" href={tab.href} aria-current={tab.current ? "page" : undefined}>
              {tab.text}
              {tab.count === undefined ? null : <span class="gh-tabs__count"> {tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
