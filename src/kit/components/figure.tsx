import type { Content } from "./common.ts";

export interface KeyFigure {
  label: string;
  /** Formatted, with its mark where it is not a number: "1,431", "62 %", "fewer than 10". */
  value: Content;
  unit?: string | undefined;
  /** The trend in words, or a `Sparkline`. */
  trend?: Content;
  /** The date the figure speaks for: "12 November 2026". */
  asAt: string;
  href?: string | undefined;
}

/** Three to six key figures in one row, each with its date. */
export function Figure({ figures, label = "Key figures" }: { figures: readonly KeyFigure[]; label?: string }) {
  return (
    <ul class="gh-figures" aria-label={label}>
      {figures.map((figure) => (
        <li class="gh-figures__item">
          <p class="gh-figures__label">
            {figure.href ? (
              <a class="govuk-link" href={figure.href}>
                {figure.label}
              </a>
            ) : (
              figure.label
            )}
          </p>
          <p class="gh-figures__value">
            {figure.value}
            {figure.unit ? <span class="gh-figures__unit"> {figure.unit}</span> : null}
          </p>
          <div class="gh-figures__trend">{figure.trend}</div>
          <p class="gh-figures__date">{figure.asAt}</p>
        </li>
      ))}
    </ul>
  );
}
