import type { Content } from "./common.ts";

export interface ProgressProps {
  /** What is being done: "Reading collisions-2024.csv". */
  what: string;
  done: number;
  /** Absent while nobody knows how much there is: the bar then only says that work goes on. */
  total?: number | undefined;
  /** How much, in words: "412,000 of 1,200,000 rows". */
  amount: string;
  timeLeft?: string | undefined;
  /** The button that stops it. */
  cancel?: Content;
}

/** A real bar with what is being done, how much is done, time left, and a way to cancel. */
export function Progress(props: ProgressProps) {
  const share = props.total ? Math.floor((100 * Math.min(props.done, props.total)) / props.total) : undefined;
  return (
    <div class="gh-progress">
      <p class="gh-progress__what">
        <strong>{props.what}</strong>
        {share === undefined ? null : <span class="gh-progress__share">{share} %</span>}
      </p>
      {props.total ? (
        <progress class="gh-progress__bar" value={Math.min(props.done, props.total)} max={props.total} aria-label={props.what}>
          {share} %
        </progress>
      ) : (
        <progress class="gh-progress__bar" aria-label={props.what} />
      )}
      <div class="gh-progress__foot">
        <p class="gh-progress__amount">
          {props.amount}
          {props.timeLeft ? <span> · {props.timeLeft}</span> : null}
        </p>
        {props.cancel}
      </div>
    </div>
  );
}

export interface LiveProps {
  id: string;
  /** Where this fragment comes from; absent once the work is over, which ends the asking. */
  href?: string | undefined;
  children: Content;
}

/**
 * A part of the page that follows long work. With script the island asks `href` every two seconds for this same
 * element and swaps it in; without, the page reloads itself (`refreshSeconds` of `Layout`).
 */
export function Live({ id, href, children }: LiveProps) {
  return (
    <div class="gh-live" id={id} data-live={href}>
      {children}
    </div>
  );
}
