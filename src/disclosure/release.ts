/**
 * How figures about people leave, after suppression.
 *
 * Counts below minCell are hidden, zero included; every count that is shown, totals too, is rounded to the nearest 5,
 * each on its own, so that parts need not add up to their whole. Shares are of rounded counts, in whole per cent; means
 * have three significant figures; a sum is such a mean times the rounded count. Least and greatest values are one
 * person's, and are not given at all.
 *
 * So the difference of two answers is uncertain by as much as the rounding of both, and of a whole and its parts by that
 * of all, whatever questions they came from; and nobody learns from a zero that somebody is not there.
 *
 * After the practice of NHS England for Hospital Episode Statistics (counts from 1 to 7 hidden, all others rounded to
 * the nearest 5), and of trusted research environments that hide zero with the small counts.
 */
import { minCellOf, type DisclosureProfile } from "./profile.ts";
import type { SafeFigure, SafeTable } from "./suppress.ts";

export const roundingBase = 5;
const significantFigures = 3;

/** To the nearest 5. */
export function roundCount(count: number): number {
  return Math.round(count / roundingBase) * roundingBase;
}

/** A mean or a ratio as it may be read. */
export function roundMean(mean: number): number {
  return Number(mean.toPrecision(significantFigures));
}

/** A sum as it may be read, from the exact sum and count: never closer than the rounded count allows. */
export function releaseSum(sum: number, count: number): number | null {
  return count === 0 ? null : Number((roundMean(sum / count) * roundCount(count)).toPrecision(12));
}

/** A share in whole per cent, of counts that are rounded here if they are not yet. */
export function releaseShare(part: number, whole: number): number | null {
  const rounded = roundCount(whole);
  return rounded === 0 ? null : Math.min(100, Math.round((100 * roundCount(part)) / rounded));
}

/** A table after suppression as it may be read: zero and all below minCell hidden, everything else rounded. Values go. */
export function releaseTable({ cells, totals, minCell }: SafeTable): SafeTable {
  const release = (figure: SafeFigure): SafeFigure => {
    const { keys, count } = figure;
    if (count === null) return { ...figure, value: null };
    if (isSmall(count, { minCell })) return { keys, count: null, value: null, shown: false, reason: "small" };
    return { keys, count: roundCount(count), value: null, shown: true };
  };
  return { cells: cells.map(release), totals: totals.map(release), minCell };
}

/** Whether a count of people is too small to be told. Zero is: it says of everybody that they are not there. */
export function isSmall(count: number, profile: DisclosureProfile): boolean {
  return count < minCellOf(profile);
}
