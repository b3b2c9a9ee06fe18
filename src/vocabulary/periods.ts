import { sql } from "../sql/fragment.ts";
import { months } from "./dates.ts";
import { ascii, check, lower, only, replace, trim, upper, type Step } from "./steps.ts";

const year = "((?:1[89]|2[01])[0-9]{2})";

/**
 * Periods as councils write them: years, pairs of years, quarters, months. `2011-12` is a month, since that is what ISO 8601 says;
 * a pair with a hyphen is one only where no month can be meant. The second year of a pair follows the first.
 */
export const civilPeriod: readonly Step[] = [
  trim,
  ascii,
  lower,
  ...months.flatMap(({ words, figures }) => [
    replace(`^${words}[ -]${year}$`, `\\1-${figures}`),
    replace(`^${words}[ '-]*([0-9]{2})$`, `20\\1-${figures}`),
    replace(`^${year}[ -]${words}$`, `\\1-${figures}`),
  ]),
  replace(`^${year}(0[1-9]|1[0-2])$`, String.raw`\1-\2`),
  replace(`^(?:fy|ay)? ?${year} ?[/-] ?(?:19|20)([0-9]{2})`, String.raw`\1/\2`),
  replace(`^(?:fy|ay) ?${year}`, String.raw`\1`),
  replace(`^${year}-(1[3-9]|[2-9][0-9])`, String.raw`\1/\2`),
  replace(`^q([1-4]) ?[ -]? ?${year}(/[0-9]{2})?$`, String.raw`\2\3-q\1`),
  replace(`^${year}(/[0-9]{2})? ?[ -]? ?q([1-4])$`, String.raw`\1\2-q\3`),
  only(`${year}(?:-(?:0[1-9]|1[0-2])|(?:/[0-9]{2})?(?:-q[1-4])?)`),
  upper,
  check(
    (value) => value[4] !== "/" || (Number(value.slice(2, 4)) + 1) % 100 === Number(value.slice(5, 7)),
    (value) =>
      sql`substr(${value}, 5, 1) <> '/' OR (try_cast(substr(${value}, 3, 2) AS INTEGER) + 1) % 100 = try_cast(substr(${value}, 6, 2) AS INTEGER)`,
  ),
];
