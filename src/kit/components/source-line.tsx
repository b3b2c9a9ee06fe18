import type { Content } from "./common.ts";

/** Where figures come from, at the foot of what shows them: source, date, n, and a note. */
export function SourceLine({ children }: { children: Content }) {
  return <p class="gh-source">{children}</p>;
}
