import { Chip, type Tone } from "../../../kit/index.ts";
import type { Life } from "../life.ts";

export const lifeWords: Readonly<Record<Life, { readonly text: string; readonly tone: Tone }>> = {
  draft: { text: "Draft", tone: "look" },
  registered: { text: "Registered", tone: "plain" },
  attested: { text: "Attested", tone: "good" },
  overdue: { text: "Overdue", tone: "look" },
  archived: { text: "Archived", tone: "plain" },
};

export function LifeChip({ of }: { of: Life }) {
  return <Chip {...lifeWords[of]} />;
}
