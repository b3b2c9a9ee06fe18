import { minCellOf, type DisclosureProfile } from "./profile.ts";

/** Why a figure is not shown: it is small itself, or it would give a small one away. */
export type HiddenReason = "small" | "complement";

/** A count as it may be read: "0", "fewer than 10", "1,204". */
export function describeCount(count: number, profile: DisclosureProfile): string {
  const minCell = minCellOf(profile);
  return count > 0 && count < minCell ? describeHidden("small", profile) : count.toLocaleString("en-GB");
}

/** What stands where a figure is hidden. */
export function describeHidden(reason: HiddenReason, profile: DisclosureProfile): string {
  return reason === "small" ? `fewer than ${minCellOf(profile)}` : "hidden to protect a smaller figure";
}
