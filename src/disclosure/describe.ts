import { minCellOf, type DisclosureProfile } from "./profile.ts";
import { isSmall, roundCount } from "./release.ts";

/** Why a figure is not shown: it is small itself, or it would give a small one away. */
export type HiddenReason = "small" | "complement";

/** A count of people as it may be read: "fewer than 10", also for none; "1,205", to the nearest 5. */
export function describeCount(count: number, profile: DisclosureProfile): string {
  return isSmall(count, profile) ? describeHidden("small", profile) : roundCount(count).toLocaleString("en-GB");
}

/** What stands where a figure is hidden. */
export function describeHidden(reason: HiddenReason, profile: DisclosureProfile): string {
  return reason === "small" ? `fewer than ${minCellOf(profile)}` : "hidden to protect a smaller figure";
}
