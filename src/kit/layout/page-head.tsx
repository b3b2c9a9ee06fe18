import { Breadcrumbs } from "../components/breadcrumbs.tsx";
import { Chip } from "../components/chip.tsx";
import type { Content, Tone } from "../components/common.ts";

export interface PageHeadProps {
  title: string;
  lede: Content;
  state: { text: string; tone: Tone } | undefined;
  crumbs: readonly { text: string; href: string }[] | undefined;
  mainAction: Content;
}

/** Where one is, what this is, its state, and the main action once. */
export function PageHead({ title, lede, state, crumbs, mainAction }: PageHeadProps) {
  return (
    <div class="gh-head">
      {crumbs && crumbs.length > 0 ? <Breadcrumbs items={crumbs} collapseOnMobile /> : null}
      <div class="gh-head__row">
        <div class="gh-head__words">
          <div class="gh-head__title">
            <h1>{title}</h1>
            {state ? <Chip {...state} /> : null}
          </div>
          {lede ? <p class="gh-head__lede">{lede}</p> : null}
        </div>
        {mainAction ? <div class="gh-head__action">{mainAction}</div> : null}
      </div>
    </div>
  );
}
