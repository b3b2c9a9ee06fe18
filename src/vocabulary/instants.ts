import { sql } from "../sql/fragment.ts";
import { isRealDate } from "./dates.ts";
import { ascii, check, only, replace, trim, upper, type Step } from "./steps.ts";

/** A day and a time of it, to ISO: seconds filled up, fractions dropped, a zone or offset kept as it was given. */
export const civilTime: readonly Step[] = [
  trim,
  ascii,
  upper,
  replace("^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})[ T,]+", String.raw`\3-0\2-0\1T`),
  replace("^([0-9]{4})([0-9]{2})([0-9]{2})[ T]+", String.raw`\1-\2-\3T`),
  replace("^([0-9]{4})-0([0-9]{2})-", String.raw`\1-\2-`),
  replace("^([0-9]{4}-[0-9]{2})-0([0-9]{2})T", String.raw`\1-\2T`),
  replace("^([0-9]{4}-[0-9]{2}-[0-9]{2}) +", String.raw`\1T`),
  replace("T([0-9]:)", String.raw`T0\1`),
  replace("(:[0-9]{2})[.,][0-9]+", String.raw`\1`),
  replace("T([0-9]{2}:[0-9]{2})(Z|[ +-]|$)", String.raw`T\1:00\2`),
  replace(" ?UTC$", "Z"),
  replace("([+-][0-9]{2}):?([0-9]{2})$", String.raw`\1:\2`),
  only(
    "(?:1[89]|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?",
  ),
  check(
    (value) => isRealDate(value.slice(0, 10)),
    (value) => sql`try_cast(left(${value}, 10) AS DATE) IS NOT NULL`,
  ),
];
