/** The rule of one dataset: counts from 1 to `minCell` − 1 are hidden. */
export interface DisclosureProfile {
  readonly minCell?: number | null | undefined;
}

const strictDefault = 10;
const floor = 5;

/**
 * The threshold that applies. A missing, zero, negative, fractional or endless setting means 10, never "none"; one below
 * 5 is raised to 5. A setting that was lost must not open what it closed.
 */
export function minCellOf(profile: DisclosureProfile | null | undefined): number {
  const asked: unknown = profile?.minCell;
  if (typeof asked !== "number" || !Number.isSafeInteger(asked) || asked < 1) return strictDefault;
  return Math.max(asked, floor);
}
