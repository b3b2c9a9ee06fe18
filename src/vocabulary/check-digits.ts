/** Check digits and letters, said once for each engine. Each refuses what is not of its length, and ten equal digits. */
import { join, sql, type Fragment } from "../sql/fragment.ts";
import { check, type Step } from "./steps.ts";

/** Lets through digits whose sum, each times its weight, leaves `rest` when divided by `modulus`. */
export function weightedDigits(weights: readonly number[], modulus: number, rest = 0): Step {
  return check(
    (value) => value.length === weights.length && sumOf(value, weights) % modulus === rest && !allEqual(value),
    (value) =>
      sql`length(${value}) = ${weights.length} AND ${sumSql(value, weights)} % ${modulus} = ${rest} AND ${value} <> repeat(left(${value}, 1), ${weights.length})`,
  );
}

/**
 * Lets through a text whose check letter, at `at`, is the one that the weighted sum of the others names: `letters[sum mod n]`.
 * Each character of the sum stands for its place in the one of the `alphabets` that holds it, the first being nought.
 */
export function checkLetter(rule: {
  /** Where the check letter stands: the first place or the last. */
  readonly at: "first" | "last";
  readonly letters: string;
  readonly alphabets: readonly string[];
  readonly weights: readonly number[];
}): Step {
  const { at, letters, alphabets, weights } = rule;
  const split = (value: string) => (at === "first" ? [value.slice(0, 1), value.slice(1)] : [value.slice(-1), value.slice(0, -1)]);
  return check(
    (value) => {
      const [letter = "", rest = ""] = split(value);
      const places = Array.from(rest, (character) => Math.max(...alphabets.map((alphabet) => alphabet.indexOf(character))));
      if (rest.length !== weights.length || places.includes(-1)) return false;
      return letters[places.reduce((sum, place, index) => sum + place * (weights[index] ?? 0), 0) % letters.length] === letter;
    },
    (value) => {
      const letter = at === "first" ? sql`left(${value}, 1)` : sql`right(${value}, 1)`;
      const rest = at === "first" ? sql`substr(${value}, 2)` : sql`left(${value}, length(${value}) - 1)`;
      const places = sql`list_transform(string_split(${rest}, ''), lambda c: CAST(greatest(${join(
        alphabets.map((alphabet) => sql`instr(${alphabet}, c)`),
        ", ",
      )}) - 1 AS DOUBLE))`;
      return sql`length(${value}) = ${weights.length + 1} AND NOT list_contains(${places}, -1)
        AND substr(${letters}, CAST(list_dot_product(${places}, ${doubles(weights)}) AS BIGINT) % ${letters.length} + 1, 1) = ${letter}`;
    },
  );
}

/** The Luhn check (ISO/IEC 7812): from the right, every second digit doubled, nines cast out. */
export function luhn(shortest: number, longest: number): Step {
  const weights = Array.from({ length: longest }, (_, at) => (at % 2 === 0 ? 1 : 2));
  const fold = (digit: number, weight: number) => (digit * weight > 9 ? digit * weight - 9 : digit * weight);
  return check(
    (value) => {
      if (value.length < shortest || value.length > longest || allEqual(value)) return false;
      const digits = Array.from(value, Number).reverse();
      return digits.reduce((sum, digit, at) => sum + fold(digit, weights[at] ?? 0), 0) % 10 === 0;
    },
    (value) => {
      // padded with zeros on the left, which add nothing
      const digits = sql`list_reverse(CAST(string_split(lpad(${value}, CAST(${longest} AS INTEGER), '0'), '') AS BIGINT[]))`;
      const odd = sql`list_sum(list_transform(${digits}, lambda d, i: CASE WHEN i % 2 = 1 THEN d WHEN d > 4 THEN 2 * d - 9 ELSE 2 * d END))`;
      return sql`length(${value}) BETWEEN ${shortest} AND ${longest} AND ${odd} % 10 = 0 AND ${value} <> repeat(left(${value}, 1), length(${value}))`;
    },
  );
}

function sumOf(digits: string, weights: readonly number[]): number {
  return Array.from(digits, Number).reduce((sum, digit, at) => sum + digit * (weights[at] ?? 0), 0);
}

function sumSql(digits: Fragment, weights: readonly number[]): Fragment {
  return sql`CAST(list_dot_product(CAST(string_split(${digits}, '') AS DOUBLE[]), ${doubles(weights)}) AS BIGINT)`;
}

function doubles(numbers: readonly number[]): Fragment {
  return sql`CAST(${numbers} AS DOUBLE[])`;
}

function allEqual(text: string): boolean {
  return new Set(text).size <= 1;
}
