import { sql } from "../sql/fragment.ts";
import { ascii, check, lower, only, replace, trim, when, type Step } from "./steps.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthEndings = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember";

/**
 * Civil dates as UK exports write them, to ISO: `YYYY-MM-DD`, `DD/MM/YYYY`, `DD-MM-YYYY`, `YYYYMMDD`, `D Mon YYYY`. The day
 * always comes first where it could be either: 01/02/2003 is the first of February. A time of midnight after a date is
 * dropped. Years 1800 to 2199; two-digit years are refused, since their century is a guess.
 */
export const civilDate: readonly Step[] = [
  trim,
  ascii,
  lower,
  replace("[ t]00:00(?::00(?:[.]0+)?)?z?$", ""),
  when(
    "[a-z]{3}",
    months.map((month, at) =>
      replace(`^([0-9]{1,2})[ -]${month}(?:${monthEndings})?[ -]([0-9]{4})$`, `\\1/${String(at + 1).padStart(2, "0")}/\\2`),
    ),
  ),
  replace("^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})$", "\\3-0\\2-0\\1"),
  replace("^([0-9]{4})([0-9]{2})([0-9]{2})$", "\\1-\\2-\\3"),
  replace("-0([0-9]{2})", "-\\1"),
  only("(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
  check(isRealDate, (value) => sql`try_cast(${value} AS DATE) IS NOT NULL`),
];

function isRealDate(iso: string): boolean {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}
