/**
 * One value of a chart: aggregated, controlled and put into words before it comes here. `shown` is false where
 * disclosure control hides it: then nothing is drawn that has a length, a height or a shade.
 */
export interface AreaValue {
  code: string;
  name: string;
  value: number | null;
  shown: boolean;
  /** What is read: "123 per 1,000", "fewer than 10". */
  text: string;
}

export type Standing = "shown" | "hidden" | "missing";

/** Zero, hidden and missing are three different things. */
export function standingOf(value: { value: number | null; shown: boolean }): Standing {
  if (!value.shown) return "hidden";
  return value.value === null ? "missing" : "shown";
}

/** The words of a value with the mark of what is not a number: [c] confidential, [x] not available. */
export function markedText(value: { value: number | null; shown: boolean; text: string }): string {
  const standing = standingOf(value);
  if (standing === "hidden") return `[c] ${value.text}`;
  return standing === "missing" ? `[x] ${value.text || "not available"}` : value.text;
}
