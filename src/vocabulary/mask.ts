import { sql, type Fragment } from "../sql/fragment.ts";
import type { Storage } from "./semantic-type.ts";

/** What is left of a value for a reader who may not see it whole. */
export type Mask = "clear" | "null" | "pseudonym" | "first4" | "last4" | "year" | "ageBand" | "outcode" | "bucket";

/**
 * Masks, least strict first. Some pairs (a year against an outward code) say different things; a total order is still
 * needed, so that two permits always give one answer: coarser comes later, and a pseudonym, which shows no part of the
 * value, is stricter than any part of it.
 */
export const maskOrder: readonly Mask[] = [
  "clear",
  "bucket",
  "year",
  "ageBand",
  "outcode",
  "first4",
  "last4",
  "pseudonym",
  "null",
];

export function strictestMask(one: Mask, other: Mask): Mask {
  return maskOrder.indexOf(one) >= maskOrder.indexOf(other) ? one : other;
}

/** What a column is stored as once masked. */
export function maskedStorage(mask: Mask, storage: Storage): Storage {
  if (mask === "clear") return storage;
  return mask === "year" || mask === "bucket" ? "BIGINT" : "VARCHAR";
}

/**
 * The masked value of `column` as a DuckDB expression of type `maskedStorage(mask, storage)`. A mask that makes no
 * sense for the storage gives NULL, never the value. NULL stays NULL. `pseudonymKey` is a secret of the agreement, so
 * that two agreements' pseudonyms never join; `asAt` is the civil date that ages are counted at, `YYYY-MM-DD`.
 *
 * - `pseudonym`: 16 hex digits (64 bits) of SHA-256(key ␟ SHA-256(key ␟ value)). DuckDB has no HMAC; hashing twice under
 *   the key closes length extension, which is what HMAC's nesting is for.
 * - `first4`, `last4`: NULL for values shorter than eight characters, since four would be half of them or more.
 * - `ageBand`: ten years wide, `90+` open; birth dates after `asAt` give NULL.
 * - `outcode`: the outward part of a postcode, alone or at the end of an address.
 * - `bucket`: the lower edge of a band 1,000 wide.
 */
export function maskSql(mask: Mask, column: Fragment, storage: Storage, pseudonymKey: string, asAt: string): Fragment {
  const text = sql`CAST(${column} AS VARCHAR)`;
  switch (mask) {
    case "clear":
      return column;
    case "null":
      return sql`CAST(NULL AS VARCHAR)`;
    case "pseudonym": {
      const key = `${pseudonymKey}\u001f`;
      return sql`left(sha256(${key} || sha256(${key} || ${text})), 16)`;
    }
    case "first4":
      return sql`CASE WHEN length(${text}) >= 8 THEN left(${text}, 4) END`;
    case "last4":
      return sql`CASE WHEN length(${text}) >= 8 THEN right(${text}, 4) END`;
    case "year":
      return isNumber(storage) ? sql`CAST(NULL AS BIGINT)` : sql`CAST(year(${dateSql(column, storage)}) AS BIGINT)`;
    case "ageBand":
      return ageBandSql(ageSql(column, storage, asAt));
    case "outcode":
      return storage === "VARCHAR"
        ? sql`nullif(regexp_extract(upper(${column}), ${"(?:^|[ ,])([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ?[0-9][ABD-HJLNP-UW-Z]{2})? *$"}, 1), '')`
        : sql`CAST(NULL AS VARCHAR)`;
    case "bucket":
      return isNumber(storage) ? sql`try_cast(floor(${column} / 1000) * 1000 AS BIGINT)` : sql`CAST(NULL AS BIGINT)`;
  }
}

function isNumber(storage: Storage): boolean {
  return storage === "BIGINT" || storage === "DOUBLE";
}

function dateSql(column: Fragment, storage: Storage): Fragment {
  return storage === "DATE" ? column : sql`try_cast(${column} AS DATE)`;
}

function ageSql(column: Fragment, storage: Storage, asAt: string): Fragment {
  return isNumber(storage)
    ? sql`try_cast(floor(${column}) AS BIGINT)`
    : sql`date_sub('year', ${dateSql(column, storage)}, CAST(${asAt} AS DATE)) + CASE WHEN ${dateSql(column, storage)} > CAST(${asAt} AS DATE) THEN -1 ELSE 0 END`;
}

function ageBandSql(age: Fragment): Fragment {
  return sql`CASE WHEN (${age}) < 0 THEN NULL WHEN (${age}) >= 90 THEN '90+' ELSE ((${age}) // 10 * 10)::VARCHAR || '–' || ((${age}) // 10 * 10 + 9)::VARCHAR END`;
}

/** Of a longer text no more is told. */
const longestShape = 40;

/**
 * The shape of a text: of a code each letter as A and each figure as 9, and of text without figures each word as one A, so
 * that its length does not tell a Yes from a No. Spaces and the signs of codes stay, anything else is ·. “M33 7ZQ” gives
 * “A99 9AA”: enough to see what is wrong with a value, and never the value.
 */
export function shapeSql(text: Fragment): Fragment {
  const start = sql`left(${text}, ${longestShape})`;
  const isCode = sql`regexp_matches(${text}, ${"\\p{N}"})`;
  const letters = sql`CASE WHEN ${isCode} THEN regexp_replace(${start}, ${"\\p{L}"}, 'A', 'g') ELSE regexp_replace(${start}, ${"\\p{L}+"}, 'A', 'g') END`;
  const figures = sql`regexp_replace(${letters}, ${"\\p{N}"}, '9', 'g')`;
  return sql`regexp_replace(${figures}, ${"[^A9 ,.:;/+()@'-]"}, '·', 'g')`;
}
