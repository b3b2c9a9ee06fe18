import { Chip, type Tone } from "../../../kit/index.ts";
import type { AgreementState } from "../model.ts";

export const tones: Readonly<Record<AgreementState, Tone>> = {
  draft: "plain",
  "awaiting signature": "look",
  "not begun": "note",
  live: "good",
  expired: "stop",
  ended: "stop",
};

export function StateChip({ of }: { of: AgreementState }) {
  return <Chip text={wordOf(of)} tone={tones[of]} />;
}

export function wordOf(state: AgreementState): string {
  return `${state[0]?.toUpperCase() ?? ""}${state.slice(1)}`;
}
