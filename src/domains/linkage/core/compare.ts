/**
 * The level at which two records agree on each field: the TypeScript twin of `comparison-stage.ts`, for explaining one
 * pair. Forename and surname are one comparison, property and postcode another, since parts of a name, or of a place, go
 * together and would be counted twice. Null where nothing can be compared.
 */
import { jaroWinkler } from "./jaro-winkler.ts";
import { nameLikeness, type FieldName } from "./parameters.ts";
import type { PersonRecord } from "./person-record.ts";

export type Levels = Readonly<Record<FieldName, number | null>>;

export function compareRecords(left: PersonRecord, right: PersonRecord): Levels {
  return {
    name: nameLevel(left, right),
    dob: left.dob === null || right.dob === null ? null : dobLevel(left.dob, right.dob),
    place: placeLevel(left, right),
    nhs: equality(left.nhsNumber, right.nhsNumber),
    sex: equality(left.sex, right.sex),
  };
}

function equality(left: string | null, right: string | null): number | null {
  if (left === null || right === null) return null;
  return left === right ? 1 : 0;
}

function nameLevel(left: PersonRecord, right: PersonRecord): number | null {
  const forenames = both(left.forename, right.forename);
  const surnames = both(left.surname, right.surname);
  if (!forenames && !surnames) return null;
  const sameForename = forenames !== undefined && forenames[0] === forenames[1];
  const sameSurname = surnames !== undefined && surnames[0] === surnames[1];
  if (sameForename && sameSurname) return 9;
  if (left.forename !== null && left.forename === right.surname && left.surname !== null && left.surname === right.forename)
    return 8;
  if (sameForename && surnames && (hasWord(surnames[0], surnames[1]) || hasWord(surnames[1], surnames[0]))) return 7;
  if (sameSurname && forenames && (forenames[0].startsWith(forenames[1]) || forenames[1].startsWith(forenames[0]))) return 6;
  const forenameLike = forenames ? jaroWinkler(...forenames) : 0;
  const surnameLike = surnames ? jaroWinkler(...surnames) : 0;
  if (forenameLike >= nameLikeness.very && surnameLike >= nameLikeness.very) return 5;
  if (forenameLike >= nameLikeness.fairly && surnameLike >= nameLikeness.fairly) return 4;
  if (sameSurname) return 3;
  if (sameForename) return 2;
  return forenameLike >= nameLikeness.very || surnameLike >= nameLikeness.very ? 1 : 0;
}

function both(left: string | null, right: string | null): readonly [string, string] | undefined {
  return left === null || right === null ? undefined : [left, right];
}

/** Whether one surname is a word of the other: JONES in SMITH-JONES. */
function hasWord(long: string, word: string): boolean {
  return ` ${long.replaceAll("-", " ")} `.includes(` ${word} `);
}

function dobLevel(left: string, right: string): number {
  if (left === right) return 5;
  const [year, month, day] = left.split("-");
  if (`${year}-${day}-${month}` === right) return 4;
  if (oneSlipApart(left, right)) return 3;
  if (left.slice(0, 7) === right.slice(0, 7)) return 2;
  return left.slice(0, 4) === right.slice(0, 4) ? 1 : 0;
}

/** One digit different, or two neighbours swapped, in the eight digits of the date. */
function oneSlipApart(left: string, right: string): boolean {
  const [one, other] = [left.replaceAll("-", ""), right.replaceAll("-", "")];
  const different = Array.from(one).flatMap((digit, at) => (digit === other[at] ? [] : [at]));
  const [first = -1, second = -1] = different;
  if (different.length === 1) return true;
  return different.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first];
}

function placeLevel(left: PersonRecord, right: PersonRecord): number | null {
  if (left.uprn !== null && left.uprn === right.uprn) return 5;
  const postcodes = both(left.postcode, right.postcode);
  if (!postcodes) return null;
  const [one, other] = postcodes;
  if (one === other) return 4;
  if (one.length === other.length && Array.from(one).filter((character, at) => character !== other[at]).length === 1) return 3;
  if (one.slice(0, -2) === other.slice(0, -2)) return 2;
  return one.slice(0, -4) === other.slice(0, -4) ? 1 : 0;
}
