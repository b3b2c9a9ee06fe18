import type { Tone } from "./common.ts";
import { Icon } from "./icon.tsx";

/** A state: its word, and a sign so that colour never speaks alone. */
export function Chip({ text, tone = "plain" }: { text: string; tone?: Tone }) {
  return (
    <span class={`gh-chip gh-chip--${tone}`}>
      {tone === "plain" ? null : <Icon name={tone} />}
      {text}
    </span>
  );
}
