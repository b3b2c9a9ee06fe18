import type { Content } from "./common.ts";

export interface RefusalProps {
  /** One sentence: what happened, and no more than the reader may know. */
  sentence: string;
  /** What to do. */
  remedy?: Content;
  /** What support can look up. */
  reference: string;
}

/** The body of a page that says no, or that something broke. */
export function Refusal({ sentence, remedy, reference }: RefusalProps) {
  return (
    <div class="gh-refusal">
      <p class="gh-refusal__sentence">{sentence}</p>
      {remedy ? <div class="gh-refusal__remedy">{remedy}</div> : null}
      <p class="gh-refusal__next">
        <a class="govuk-link" href="/">
          Go to the home page
        </a>
      </p>
      <p class="gh-refusal__reference">
        Reference <code>{reference}</code>
      </p>
    </div>
  );
}
