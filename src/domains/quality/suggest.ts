/**
 * Rules that a dataset's profile suggests, in two steps. `candidateRules` lists what may be asked of the columns, from what
 * is known of them without reading a row. Each is then counted on the newest version, and `worthSaying` keeps those that
 * hold or nearly do, and those whose failures look like a fault: cells that say “NA”, telephones without their zero.
 */
import { row, type Pred } from "../../access/index.ts";
import { columnWords, getType } from "../../vocabulary/index.ts";
import type { Field, Join } from "../catalogue/index.ts";
import type { Dimension, Measured, RuleTest, Threshold } from "./model.ts";

/** The columns of the newest version, and what else is known of the dataset. */
export interface Profile {
  readonly fields: readonly Field[];
  readonly rows: number;
  readonly versions: number;
  readonly joins: readonly Join[];
  /** A sample hub holds invented people, so values kept for testing are no fault there. */
  readonly invented: boolean;
}

export interface Candidate {
  readonly dimension: Dimension;
  readonly test: RuleTest;
  readonly threshold: Threshold;
}

const nearly = 0.95;
const most = 300;
/** Of more columns that look like keys, only the first are tried in pairs. */
const mostPaired = 4;
const usual: Threshold = { warn: 0.99, fail: 0.95 };
const all: Threshold = { warn: 1, fail: 1 };

/** Types that take any text, so that to be valid says nothing. */
const anything: ReadonlySet<string> = new Set(["text", "text.note", "category", "record_id"]);
/** Types whose values tell one thing from another, so that a value that stands twice is worth a question. */
const keys: ReadonlySet<string> = new Set([
  "record_id", "case_ref", "account_ref", "employee_number", "nhs_number", "nino", "upn", "uln", "uprn", "usrn", "electoral_number",
  "org.company_number", "org.charity_number", "org.site_code", "geo.gss_code", "postcode", "blue_badge", "vehicle_reg",
]); // prettier-ignore
const keyWords: ReadonlySet<string> = new Set(["id", "ref", "reference", "key", "code", "urn", "uid"]);
/** Words that name the beginning of something, each with the word for its end: columns whose names else are the same. */
const pairs: readonly (readonly [string, string])[] = [
  ["start", "end"], ["started", "ended"], ["from", "to"], ["opened", "closed"], ["open", "close"], ["begin", "end"], ["birth", "death"],
  ["received", "decided"], ["raised", "resolved"], ["referred", "assessed"], ["admitted", "discharged"], ["admission", "discharge"],
]; // prettier-ignore
const promises = [1, 7, 31, 92, 366];

export function candidateRules(profile: Profile): readonly Candidate[] {
  const { fields, versions } = profile;
  return [
    ...fields.flatMap(filled),
    ...(versions > 1
      ? [{ dimension: "completeness", test: { kind: "rows" }, threshold: { warn: 0.95, fail: 0.8 } } as const]
      : []),
    ...unique(fields, profile.rows),
    ...orders(fields),
    ...profile.joins.flatMap(references),
    ...fields.flatMap(fresh),
    ...fields.flatMap((field) => valid(field, profile.invented)),
  ].slice(0, most);
}

/** Whether the count makes a candidate worth a steward's while. `fields` as for the candidates. */
export function worthSaying({ test }: Candidate, { n, passed, days }: Measured, fields: readonly Field[]): boolean {
  if (n === 0) return false;
  if (test.kind === "fresh") return days !== null && promises.some((promise) => days <= promise);
  if (passed / n >= nearly) return true;
  const looksWrong = test.kind === "whole" || test.kind === "genuine" || (test.kind === "row" && test.name === "valid");
  return looksWrong || (test.kind === "row" && test.name === "filled" && saysNothing(test, fields));
}

/** What is promised of a newest date: the shortest usual span that it keeps now. */
export function promiseFor(days: number): number {
  return promises.find((promise) => days <= promise) ?? 366;
}

/** Whether the column has cells that say that they hold nothing: somebody was asked, and gave no answer. */
function saysNothing(test: RuleTest & { kind: "row" }, fields: readonly Field[]): boolean {
  return fields.some(({ number, reading }) => isCell(test.holds, `t${number}`) && (reading.missing ?? []).length > 0);
}

function isCell(pred: Pred, name: string): boolean {
  return pred.op === "has" && pred.a.name === name;
}

const has = (name: string): Pred => ({ op: "has", a: row(name) });

function filled({ number }: Field): readonly Candidate[] {
  const test: RuleTest = { kind: "row", name: "filled", of: { op: "true" }, holds: has(`t${number}`) };
  return [{ dimension: "completeness", test, threshold: usual }];
}

/** Columns that tell rows apart; where none does by itself, two that may do so together. */
function unique(fields: readonly Field[], rows: number): readonly Candidate[] {
  if (rows < 5) return [];
  const telling = fields.filter(({ type, name }) => keys.has(type) || (type === "text" && named(name)));
  const alone = telling.filter(({ distinct, nulls }) => distinct / Math.max(1, rows - nulls) >= 0.9);
  const few = telling.slice(0, mostPaired);
  const pairs = few.flatMap((one, at) => few.slice(at + 1).map((other) => [one, other]));
  return (alone.length > 0 ? alone.map((field) => [field]) : pairs).map((columns) => ({
    dimension: "uniqueness",
    test: { kind: "unique", columns: columns.map(({ number }) => number) },
    threshold: { warn: 1, fail: 0.99 },
  }));
}

function named(column: string): boolean {
  return columnWords(column).some((word) => keyWords.has(word));
}

function orders(fields: readonly Field[]): readonly Candidate[] {
  const dates = fields.filter(({ type }) => getType(type).storage === "DATE");
  return dates.flatMap((from) =>
    dates.flatMap((to): readonly Candidate[] => {
      const [first, last] = [columnWords(from.name), columnWords(to.name)];
      const apart = (word: string, of: readonly string[]) => of.filter((each) => each !== word).join(" ");
      const paired = ([one, other]: readonly [string, string]) =>
        first.includes(one) && last.includes(other) && apart(one, first) === apart(other, last);
      if (!pairs.some(paired)) return [];
      const names = [`c${from.number}`, `c${to.number}`] as const;
      const of: Pred = { op: "and", args: names.map(has) };
      const holds: Pred = { op: "le", a: row(names[0]), b: row(names[1]) };
      return [{ dimension: "consistency", test: { kind: "row", name: "order", of, holds }, threshold: usual }];
    }),
  );
}

/** Of two columns that hold each other's values, the one that has one row for each is the list. */
function references({ from, to, meet }: Join): readonly Candidate[] {
  if (!to.unique || meet / Math.max(1, from.distinct) < 0.9) return [];
  const test: RuleTest = { kind: "references", column: from.number, dataset: to.dataset, to: to.number };
  return [{ dimension: "consistency", test, threshold: usual }];
}

function fresh({ number, type }: Field): readonly Candidate[] {
  if (type !== "time.date") return [];
  return [{ dimension: "timeliness", test: { kind: "fresh", column: number, days: 366 }, threshold: all }];
}

function valid({ number, type }: Field, invented: boolean): readonly Candidate[] {
  const { testValues, mended } = getType(type);
  const dimension = "validity";
  const tests: RuleTest[] = [
    ...(anything.has(type) ? [] : [{ kind: "row", name: "valid", of: has(`t${number}`), holds: has(`c${number}`) } as const]),
    ...(mended === undefined ? [] : [{ kind: "whole", column: number } as const]),
    ...(testValues === undefined || invented ? [] : [{ kind: "genuine", column: number } as const]),
  ];
  return tests.map((test) => ({ dimension, test, threshold: test.kind === "genuine" ? all : usual }));
}
