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

/** Lets through a text that ends in the letter that its digits, read as one number, name: `letters[number mod n]`. */
export function remainderLetter(letters: string): Step {
  return check(
    (value) => letters[Number(value.replaceAll(/\D/g, "")) % letters.length] === value.at(-1),
    (value) =>
      sql`substr(${letters}, try_cast(regexp_replace(${value}, '[^0-9]', '', 'g') AS BIGINT) % ${letters.length} + 1, 1) = right(${value}, 1)`,
  );
}

/** The dihedral check (J. Verhoeff, 1969), which catches every single slip and every swap of neighbours. */
export const verhoeff: Step = check(
  (value) => {
    const places = Array.from(value, Number).reverse();
    return places.reduce((sum, digit, at) => product(sum, permuted(at, digit)), 0) === 0;
  },
  (value) => {
    // no digits at all count as one that fails, since a list of none cannot be gone through
    const digits = sql`list_reverse(CAST(string_split(CASE WHEN ${value} = '' THEN '1' ELSE ${value} END, '') AS BIGINT[]))`;
    const turned = sql`list_transform(${digits}, lambda d, i: list_extract(CAST(${permutations} AS BIGINT[]), (i - 1) % 8 * 10 + d + 1))`;
    return sql`list_reduce(list_prepend(0::BIGINT, ${turned}), lambda sum, d: list_extract(CAST(${products} AS BIGINT[]), sum * 10 + d + 1)) = 0`;
  },
);

/** The product of two elements of the group of a pentagon's turns (0 to 4) and turned reflections (5 to 9). */
function product(one: number, other: number): number {
  const turn = one < 5 ? one + other : one - other;
  const size = (((turn % 5) + 5) % 5) + (one < 5 === other < 5 ? 0 : 5);
  return size;
}

/** The digit at a place from the right, moved by Verhoeff's permutation once for each place. */
function permuted(place: number, digit: number): number {
  const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  return Array.from({ length: place % 8 }).reduce<number>((moved) => step[moved] ?? 0, digit);
}

const tens = Array.from({ length: 10 }, (_, digit) => digit);
const products = tens.flatMap((one) => tens.map((other) => product(one, other)));
const permutations = Array.from({ length: 8 }, (_, place) => tens.map((digit) => permuted(place, digit))).flat();

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
