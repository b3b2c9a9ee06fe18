import { Chip } from "../../../kit/index.ts";

export const classWords: Readonly<Record<string, { text: string; tone: "good" | "look" | "stop" | "note" | "plain" }>> = {
  open: { text: "Open", tone: "good" },
  internal: { text: "Internal", tone: "plain" },
  restricted: { text: "Restricted", tone: "look" },
  personal: { text: "Personal", tone: "look" },
  identifier: { text: "Identifies people", tone: "look" },
  special: { text: "Special category", tone: "stop" },
  criminal: { text: "Criminal", tone: "stop" },
  protected: { text: "Protected", tone: "stop" },
};

export function ClassChip({ of }: { of: string }) {
  const { text, tone } = classWords[of] ?? { text: of, tone: "plain" as const };
  return <Chip text={text} tone={tone} />;
}
