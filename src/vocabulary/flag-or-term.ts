import { isSomeDate } from "./dates.ts";

/**
 * Whether a text may be a flag (Y, 0, true), a short code or a term, as columns of conditions and orders hold: figures that
 * measure, and dates, are of another kind.
 */
export function isFlagOrTerm(text: string): boolean {
  return /^\s*[01]\s*$/.test(text) || (/[a-z]/i.test(text) && !/^\s*[£$]/.test(text) && !isSomeDate(text));
}
