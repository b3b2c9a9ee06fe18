import { ascii, lower, only, replace, runSteps, trim, when, type Step } from "./steps.ts";

/** Which part of an all-figure date comes first, as far as the year does not. */
export type DateOrder = "day first" | "month first" | "year first";

/** How dates of one column are to be read. */
export interface DateReading {
  readonly order: DateOrder;
  /** The first of the hundred years that two figures may mean; without it years of two figures are not read. */
  readonly centuryFrom?: number;
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthEndings = "(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?";

/** The months as words, short and long, each with its two figures. */
export const months: readonly { readonly words: string; readonly figures: string }[] = monthNames.map((name, at) => ({
  words: `${name}${monthEndings}`,
  figures: String(at + 1).padStart(2, "0"),
}));

/** In SQL the cast to DATE, which every type of dates ends in, refuses what no calendar holds. */
const realDate: Step = { text: (value) => (value !== "" && isRealDate(value) ? value : ""), sql: (value) => value };

/** A date in ISO form that no check can refuse: every month has 28 days. */
export const plainIsoDate = "(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])";

const noMidnight = replace("[ Tt]0?0:00(?::00(?:[.]0+)?)?[Zz]?$", "");

/**
 * Civil dates as UK exports write them, to ISO: `YYYY-MM-DD`, `DD/MM/YYYY`, also with hyphens or full stops, `YYYYMMDD`,
 * `D Mon YYYY`, `Mon D, YYYY`, `YYYY-Mon-DD`. A time of midnight after a date is dropped. Years 1800 to 2199. Without a reading
 * the day comes first where it could be either, and two-figure years are refused, since their century is a guess.
 */
export function civilDate(reading: DateReading = { order: "day first" }): readonly Step[] {
  const { order, centuryFrom } = reading;
  const year = centuryFrom === undefined ? "([0-9]{4})" : "([0-9]{4}|[0-9]{2})";
  const century = centuryFrom === undefined ? [] : centuries(centuryFrom);
  const figures = order === "month first" ? String.raw`\3-0\1-0\2` : String.raw`\3-0\2-0\1`;
  const shortFirst =
    order === "year first" && centuryFrom !== undefined
      ? [replace("^([0-9]{2})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})$", String.raw`\1-0\2-0\3`)]
      : [];
  return [
    when("[A-Za-z]{3}", [trim, ascii, lower, noMidnight, ...months.flatMap((month) => withWords(month, year)), ...century]),
    trim,
    ascii,
    noMidnight,
    ...shortFirst,
    replace(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]${year}$`, figures),
    replace("^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})$", String.raw`\1-0\2-0\3`),
    replace("^([0-9]{4})([0-9]{2})([0-9]{2})$", String.raw`\1-\2-\3`),
    replace("-0([0-9]{2})", String.raw`-\1`),
    ...century,
    only("(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    realDate,
  ];
}

function withWords({ words, figures }: (typeof months)[number], year: string): readonly Step[] {
  return [
    replace(`^([0-9]{1,2})(?:st|nd|rd|th)?[ -]${words}[ -]${year}$`, String.raw`\2-${figures}-0\1`),
    replace(`^${words} ([0-9]{1,2})(?:st|nd|rd|th)?,? ${year}$`, String.raw`\2-${figures}-0\1`),
    replace(`^([0-9]{4})[ -]${words}[ -]([0-9]{1,2})$`, String.raw`\1-${figures}-0\2`),
  ];
}

/** Writes two-figure years out: those from the first year of the hundred on belong to its century, the others to the next. */
function centuries(from: number): readonly Step[] {
  const century = Math.floor(from / 100);
  const two = (year: number) => String(year).padStart(2, "0");
  const all = Array.from({ length: 100 }, (_, year) => year);
  const late = all.filter((year) => year >= from % 100).map(two);
  const early = all.filter((year) => year < from % 100).map(two);
  return [
    replace(`^(${late.join("|")})-`, `${century}\\1-`),
    ...(early.length === 0 ? [] : [replace(`^(${early.join("|")})-`, `${century + 1}\\1-`)]),
  ];
}

export function isRealDate(iso: string): boolean {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}

/** How every text that is a date begins, which most texts do not. */
const dateLike = new RegExp(`^\\s*(?:\\d{1,4}(?:st|nd|rd|th)?[-/. ])?(?:\\d{1,2}[-/. ]|\\d{8}|${monthNames.join("|")})`, "i");
const shortYear = /^\s*\d{1,2}[/. -](?:\d{1,2}|[a-z]{3})[/. -]\d{2}\s*$/i;
const monthFirst = runner({ order: "month first" });
const dayFirst = runner({ order: "day first" });

/** Whether a text is a date in some reading, which tells the kind of column before its reading is known. */
export function isSomeDate(text: string): boolean {
  return dateLike.test(text) && (shortYear.test(text) || dayFirst(text) || monthFirst(text));
}

function runner(reading: DateReading): (text: string) => boolean {
  const steps = civilDate(reading);
  return (text) => runSteps(steps, text) !== undefined;
}
