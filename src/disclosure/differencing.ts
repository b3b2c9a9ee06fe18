import { minCellOf, type DisclosureProfile } from "./profile.ts";

/** A total that a reader was given, or asks for: of what, over which people, and how many they are. */
export interface AskedSet {
  readonly datasetVersion: string;
  readonly measureId: string;
  /** The filters in a canonical form: equal filters, equal text. */
  readonly filterKey: string;
  readonly baseCount: number;
  /** Where known: the values allowed by column. Two sets neither of which can hold the other are then let be. */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
}

export type DifferencingAnswer =
  { readonly refused: false } | { readonly refused: true; readonly against: AskedSet; readonly because: string };

/**
 * Refuses a total that, with one the reader already has, would give a small group by subtraction: "all wards" and then
 * "all wards but one". Refused when two sets over one version and measure differ by 1 to minCell − 1 people and one may
 * hold the other. Sets without `filters` may always; that refuses some chance likenesses rather than let one leak by.
 */
export function refuseIfDifferencing(
  previous: readonly AskedSet[],
  next: AskedSet,
  profile: DisclosureProfile,
): DifferencingAnswer {
  const minCell = minCellOf(profile);
  const against = previous.find(
    (earlier) =>
      earlier.datasetVersion === next.datasetVersion &&
      earlier.measureId === next.measureId &&
      earlier.filterKey !== next.filterKey &&
      isSmall(Math.abs(earlier.baseCount - next.baseCount), minCell) &&
      (mayHold(earlier, next) || mayHold(next, earlier)),
  );
  if (!against) return { refused: false };
  const because = `An answer that you or a colleague already has covers almost the same people. The difference between the two is fewer than ${minCell}, so together they would describe a small group.`;
  return { refused: true, against, because };
}

function isSmall(difference: number, minCell: number): boolean {
  return difference > 0 && difference < minCell;
}

/** Whether everyone in `inner` may also be in `outer`: each filter of `outer` is met by a filter of `inner` at least as tight. */
function mayHold(outer: AskedSet, inner: AskedSet): boolean {
  const { filters } = inner;
  if (!outer.filters || !filters) return true;
  return Object.entries(outer.filters).every(([column, allowed]) => filters[column]?.every((value) => allowed.includes(value)));
}
