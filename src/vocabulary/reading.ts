/**
 * How the cells of one column are to be read, told from all of its values: which part of a date comes first, which hundred years
 * two figures mean, what stands for nothing. What no value settles is said, and then the custom of the country is taken.
 */
import type { DateReading } from "./dates.ts";
import { missingIn } from "./missing.ts";
import type { SemanticType } from "./semantic-type.ts";

export interface Reading {
  /** How all-figure dates are read; absent where the column has none. */
  readonly dates?: DateReading;
  /** What stands for nothing here, in small letters. Always of a known list, so that it tells nothing of anybody. */
  readonly missing?: readonly string[];
}

export interface ReadingFound {
  readonly reading: Reading;
  readonly evidence: readonly string[];
}

type Values = readonly { readonly value: string; readonly count: number }[];

const figures = /^\s*(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T].*)?$/;
const shortYears = /^\s*\d{1,2}[/. -](?:\d{1,2}|[a-z]{3,9})[/. -]\d{2}(?: 0?0:00.*)?\s*$/i;
const serial = /^\s*[2-5]\d{4}(?:[.]0)?\s*$/;
/** How many of the hundred years that two figures may mean lie ahead: none of a birth, some of another day. */
const yearsAhead = { birth: 0, other: 20 } as const;

/** `year` is the year in which the column is read; without it years of two figures stay unread. */
export function readingOf(type: SemanticType | undefined, values: Values, year: number | undefined): ReadingFound {
  const { missing, evidence } = missingIn(type, values);
  const dates = type?.dated === true ? datesIn(type, values, year) : undefined;
  return {
    reading: { ...(dates ? { dates: dates.reading } : {}), ...(missing.length > 0 ? { missing } : {}) },
    evidence: [...(dates?.evidence ?? []), ...evidence],
  };
}

/** What a typed column was made by, as one text: two that are equal give equal cells. */
export function madeBy({ type, reading = {} }: { readonly type: string; readonly reading?: Reading }): string {
  const { dates, missing = [] } = reading;
  const parts = [
    ...(dates && (dates.order !== "day first" || dates.centuryFrom !== undefined) ? [dates.order, dates.centuryFrom ?? ""] : []),
    ...missing,
  ];
  return parts.length === 0 ? type : `${type} ${JSON.stringify(parts)}`;
}

function datesIn({ id }: SemanticType, values: Values, year: number | undefined) {
  const split = values.flatMap(({ value }) => {
    const [, one = "", other = "", last = ""] = figures.exec(value) ?? [];
    return one === "" || one.length > 2 ? [] : [{ one: Number(one), other: Number(other), last: Number(last) }];
  });
  const short = values.filter(({ value }) => shortYears.test(value)).length;
  const serials = values.filter(({ value }) => serial.test(value)).length;
  const evidence: string[] = [];
  const count = (part: (date: (typeof split)[number]) => boolean) => split.filter(part).length;
  const dayFirst = count(({ one, other }) => one > 12 && one <= 31 && other <= 12);
  const monthFirst = count(({ one, other }) => one <= 12 && other > 12);
  const yearFirst = count(({ one, last }) => one > 31 && last <= 31);
  const order = yearFirst > dayFirst + monthFirst ? "year first" : monthFirst > dayFirst ? "month first" : "day first";
  const proofs = { "day first": dayFirst, "month first": monthFirst, "year first": yearFirst };
  const proof = proofs[order];
  const against = dayFirst + monthFirst + yearFirst - proof;
  if (proof > 0) evidence.push(`${told(proof)} of ${told(split.length)} dates can only be read ${order}`);
  if (against > 0) evidence.push(`${told(against)} of ${told(split.length)} dates cannot be read ${order}, and are not read`);
  if (split.length > 0 && proof === 0)
    evidence.push(
      `${told(split.length)} of ${told(split.length)} dates could be read day first or month first; day first is taken, because dates in the United Kingdom are written so`,
    );
  if (serials > 0)
    evidence.push(
      `${told(serials)} of ${told(values.length)} distinct values look like day numbers of a spreadsheet, and are not read`,
    );
  if (short > 0 && year === undefined)
    evidence.push(`${told(short)} of ${told(values.length)} dates have years of two figures, and are not read`);
  if (split.length === 0 && short === 0)
    return evidence.length === 0 ? undefined : { reading: { order } as DateReading, evidence };
  if (short === 0 || year === undefined) return { reading: { order } as DateReading, evidence };
  const last = year + (id === "person.date_of_birth" ? yearsAhead.birth : yearsAhead.other);
  evidence.push(`${told(short)} of ${told(values.length)} dates have years of two figures, read as ${last - 99} to ${last}`);
  return { reading: { order, centuryFrom: last - 99 } as DateReading, evidence };
}

function told(count: number): string {
  return count.toLocaleString("en-GB");
}
