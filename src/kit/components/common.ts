import type { ComponentChildren } from "preact";

/** What may stand where text stands: a word, or marked-up content. Plain strings are escaped by Preact. */
export type Content = ComponentChildren;

/** Extra HTML attributes, for `data-…` and `aria-…` and the few that a component does not name. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** The four tones a state is shown in. Tone never stands alone: a word or a sign goes with it. */
export type Tone = "good" | "look" | "stop" | "note" | "plain";

/** Joins class names and leaves out what is absent; `undefined` when nothing is left, so no empty `class` is written. */
export function classNames(...names: readonly (string | false | undefined)[]): string | undefined {
  return names.filter(Boolean).join(" ") || undefined;
}

/** Joins ids for `aria-describedby`. */
export const idList = classNames;
