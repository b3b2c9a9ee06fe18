import { ascii, lower, only, replace, trim, when, type Step } from "./steps.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthEndings = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember";

/** In SQL the cast to DATE, which every type of dates ends in, refuses what no calendar holds. */
const realDate: Step = { text: (value) => (value !== "" && isRealDate(value) ? value : ""), sql: (value) => value };

/** A date in ISO form that no check can refuse: every month has 28 days. */
export const plainIsoDate = "(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])";

const noMidnight = replace("[ Tt]00:00(?::00(?:[.]0+)?)?[Zz]?$", "");

/**
 * Civil dates as UK exports write them, to ISO: `YYYY-MM-DD`, `DD/MM/YYYY`, `DD-MM-YYYY`, `YYYYMMDD`, `D Mon YYYY`. The day
 * always comes first where it could be either: 01/02/2003 is the first of February. A time of midnight after a date is
 * dropped. Years 1800 to 2199; two-digit years are refused, since their century is a guess.
 */
export const civilDate: readonly Step[] = [
  when("[A-Za-z]{3}", [
    trim,
    ascii,
    lower,
    noMidnight,
    ...months.map((month, at) =>
      replace(`^([0-9]{1,2})[ -]${month}(?:${monthEndings})?[ -]([0-9]{4})$`, `\\1/${String(at + 1).padStart(2, "0")}/\\2`),
    ),
  ]),
  trim,
  ascii,
  noMidnight,
  replace("^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})$", "\\3-0\\2-0\\1"),
  replace("^([0-9]{4})([0-9]{2})([0-9]{2})$", "\\1-\\2-\\3"),
  replace("-0([0-9]{2})", "-\\1"),
  only("(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
  realDate,
];

function isRealDate(iso: string): boolean {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}
