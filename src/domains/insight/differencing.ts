import { refuseIfDifferencing, type AskedSet } from "../../disclosure/index.ts";
import type { Filter, Measure, Question } from "./model.ts";
import type { Figures } from "./figures.ts";
import type { GroupForm } from "./columns.ts";

/** What is known of everyone in a counted set: filters, and the group it stands for. */
export type Constraint =
  | { readonly column: number; readonly op: Filter["op"]; readonly values: readonly string[] }
  | { readonly column: number; readonly op: "in group"; readonly values: readonly [string] }
  | { readonly column: number; readonly op: "does not meet"; readonly values: readonly string[] };

/** A count that a reader was given, and of whom. */
export interface CountedSet {
  readonly key: string;
  readonly constraints: readonly Constraint[];
  readonly n: number;
}

/** Values that columns hold, by column number: with them two conditions are told apart that otherwise might be one. */
export type KnownValues = ReadonlyMap<number, readonly string[]>;

/** All counts of people count the same thing, so that a mean or a share tells as much about a group as its count. */
export const measureId = "people";

/** The counts of an answer, each with all that is known of those counted. The question is in canonical form. */
export function countedSets(question: Question, forms: readonly GroupForm[], { counts }: Figures): readonly CountedSet[] {
  const asked = [...question.filters.map(plain), ...measured(question.measure)];
  return counts.map(({ keys, hit, n }) => {
    const groups = keys.flatMap((key, at): Constraint[] => {
      const column = question.groupBy[at];
      return key === null || column === undefined ? [] : [groupConstraint(column, forms[at] ?? "plain", key)];
    });
    const constraints = [...asked, ...groups, ...met(question.measure, hit)].toSorted((one, other) =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
    );
    return { key: JSON.stringify(constraints), constraints, n };
  });
}

/** Why an answer would, with one that the reader has, tell about a small group; nothing when it would not. */
export function findDifference(
  earlier: readonly CountedSet[],
  next: readonly CountedSet[],
  { dataset, minCell, known }: { dataset: string; minCell: number; known: KnownValues },
): string | undefined {
  const asSet = ({ key, n }: CountedSet): AskedSet => ({ datasetVersion: dataset, measureId, filterKey: key, baseCount: n });
  const sorted = earlier.toSorted((one, other) => one.n - other.n);
  for (const set of next) {
    const near = sorted
      .slice(firstFrom(sorted, set.n - minCell), firstFrom(sorted, set.n + minCell))
      .filter((held) => mayHold(held, set, known) || mayHold(set, held, known));
    const answer = refuseIfDifferencing(near.map(asSet), asSet(set), { minCell });
    if (answer.refused) return answer.because;
  }
  return undefined;
}

function firstFrom(sorted: readonly CountedSet[], n: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.n ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether everyone of `inner` may also be of `outer`: each thing known of `outer` is known of `inner`, or may be. */
export function mayHold(outer: CountedSet, inner: CountedSet, known: KnownValues): boolean {
  return outer.constraints.every((wide) => {
    const same = inner.constraints.filter(({ column }) => column === wide.column);
    if (same.length === 0) return wide.op === "is not empty"; // a value that nearly everyone has hardly narrows
    return same.some((narrow) => mayImply(narrow, wide, known));
  });
}

function mayImply(narrow: Constraint, wide: Constraint, known: KnownValues): boolean {
  if (wide.op === "is not empty") return narrow.op !== "is empty";
  if (narrow.op === "is empty" || wide.op === "is empty") return narrow.op === wide.op;
  if (narrow.op === "in group" && wide.op === "in group") {
    const [one, other] = [narrow.values[0], wide.values[0]];
    // an hour may hold a whole month of one stamp a day; a month is in its year
    return kindOf(one) !== kindOf(other) || one.startsWith(other);
  }
  const values = known.get(narrow.column) ?? [];
  // everyone with a value has this one only where there is no other
  if (narrow.op === "is not empty" && wide.op === "is") return values.every((value) => wide.values.includes(value));
  const [without, wideWithout] = [excluded(narrow), excluded(wide)];
  if (narrow.op === "is" && wide.op === "is") return narrow.values.every((value) => wide.values.includes(value));
  if (narrow.op === "is" && wideWithout) return narrow.values.every((value) => !wideWithout.includes(value));
  if (without && wide.op === "is") return values.every((value) => without.includes(value) || wide.values.includes(value));
  if (without && wideWithout) return wideWithout.every((value) => without.includes(value) || !values.includes(value));
  if (narrow.op === wide.op && (wide.op === "at least" || wide.op === "at most")) {
    const [one] = narrow.values;
    const [other] = wide.values;
    if (one === undefined || other === undefined) return true;
    const order = one.localeCompare(other, "en", { numeric: true });
    return one.startsWith("-") || other.startsWith("-") || (wide.op === "at least" ? order >= 0 : order <= 0);
  }
  return true; // of two unlike conditions on one column either may hold the other
}

/** Of what kind a group is: hours and days of the week say so, all others are told apart by how they begin. */
function kindOf(group: string): string {
  return /^(?:hour|weekday) /.exec(group)?.[0] ?? "";
}

/** The values that a condition leaves out, where it leaves out values. */
function excluded({ op, values }: Constraint): readonly string[] | undefined {
  if (op === "is not") return values;
  return op === "does not meet" && values[0] === "is" ? values.slice(1) : undefined;
}

function plain({ column, op, values }: Filter): Constraint {
  return { column, op, values: values.toSorted() };
}

function groupConstraint(column: number, form: GroupForm, key: string): Constraint {
  if (key === "") return { column, op: "is empty", values: [] };
  if (form === "plain" || form === "number") return { column, op: "is", values: [key] };
  return { column, op: "in group", values: [form === "hour" || form === "weekday" ? `${form} ${key}` : key] };
}

/** A value is measured of those who have one. */
function measured(measure: Measure): readonly Constraint[] {
  if (measure.kind === "count" || measure.kind === "share") return [];
  const columns = measure.kind === "ratio" ? [measure.column, measure.per] : [measure.column];
  return columns.map((column) => ({ column, op: "is not empty", values: [] }));
}

function met(measure: Measure, hit: boolean | null): readonly Constraint[] {
  if (measure.kind !== "share" || hit === null) return [];
  return [
    hit ? plain(measure.of) : { column: measure.of.column, op: "does not meet", values: [measure.of.op, ...measure.of.values] },
  ];
}
