import type { Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface GuideStep {
  title: Content;
  children?: Content;
  state?: "done" | "current" | "later" | undefined;
}

/** Guidance in order: one, two, three. */
export function Steps({ steps }: { steps: readonly GuideStep[] }) {
  return (
    <ol class="gh-steps">
      {steps.map((step) => (
        <li
          class={classNames("gh-steps__item", step.state && `gh-steps__item--${step.state}`)}
          aria-current={step.state === "current" ? "step" : undefined}
        >
          <p class="gh-steps__title">
            {step.title}
            {step.state === "done" ? <span class="gh-steps__done"> Done</span> : null}
          </p>
          {step.children ? <div class="gh-steps__text">{step.children}</div> : null}
        </li>
      ))}
    </ol>
  );
}
