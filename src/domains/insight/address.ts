import { insightError } from "./errors.ts";
import { questionShape, type Filter, type Question } from "./model.ts";

/** How many conditions the form has room for. */
export const filterRows = 4;

export type Address = Readonly<Record<string, string | undefined>>;

/**
 * A question as it stands in an address, so that a link shows what was meant, under the reader's own rights. Fails with
 * `insight.unreadable`, with every problem at the field it is about.
 */
export function readAddress(address: Address): Question {
  const problems: Record<string, string> = {};
  const number = (field: string, needed: string, given = address[field]): number => {
    const text = given?.trim() ?? "";
    if (!/^\d{1,5}$/.test(text)) problems[field] = needed;
    return Number(text) || 1;
  };
  const split = ["by", "by2"]
    .filter((field) => address[field])
    .map((field) => readGroup(address, field, (text) => number(field, "Choose a column from the list.", text)));
  const question = {
    dataset: address["dataset"] ?? "",
    under: address["under"] || "own",
    groupBy: split.map(({ column }) => column),
    ...(split.some(({ part }) => part !== null) ? { parts: split.map(({ part }) => part) } : {}),
    measure: readMeasure(address, number),
    filters: filtersIn(address, number),
    ...(address["on"]?.trim() ? { on: address["on"] } : {}),
  };
  const parsed = questionShape.safeParse(question);
  if (!parsed.success && Object.keys(problems).length === 0) {
    for (const { path, message } of parsed.error.issues) problems[fieldOf(path)] = message;
  }
  if (!parsed.success || Object.keys(problems).length > 0)
    throw insightError("unreadable", { problems: Object.values(problems).join(" ") }, problems);
  return parsed.data;
}

/** The conditions alone. Fails with `insight.unreadable`. */
export function readFilters(address: Address): readonly Filter[] {
  const question = readAddress({ ...pick(address, /^[cov]\d+$/), dataset: "any" });
  return question.filters;
}

function pick(address: Address, names: RegExp): Address {
  return Object.fromEntries(Object.entries(address).filter(([name]) => names.test(name)));
}

function filtersIn(address: Address, number: (field: string, needed: string) => number): readonly Filter[] {
  return Array.from({ length: 10 }, (_, at) => at + 1)
    .filter((at) => address[`c${at}`])
    .map((at) => readFilter(address, `c${at}`, `o${at}`, `v${at}`, number));
}

/** `12`, or `12:hour` for a part of a date or a time. */
function readGroup(address: Address, field: string, number: (text: string) => number) {
  const [column = "", part] = (address[field] ?? "").split(":");
  return { column: number(column), part: part === undefined ? null : part };
}

function readMeasure(address: Address, number: (field: string, needed: string) => number): unknown {
  switch (address["measure"] ?? "count") {
    case "value":
      return { kind: address["how"] || "sum", column: number("of", "Choose the column to add up or average.") };
    case "share":
      number("sc", "Choose the column that the share is about.");
      return { kind: "share", of: readFilter(address, "sc", "so", "sv", number) };
    case "ratio":
      return {
        kind: "ratio",
        column: number("over", "Choose the column to divide."),
        per: number("per", "Choose the column to divide by."),
      };
    default:
      return { kind: address["measure"] || "count" };
  }
}

function readFilter(
  address: Address,
  column: string,
  op: string,
  value: string,
  number: (field: string, needed: string) => number,
): Filter {
  const values = (address[value] ?? "").split("|").map((text) => text.trim());
  return {
    column: number(column, "Choose a column from the list."),
    op: (address[op] || "is") as Filter["op"],
    values: values.filter((text) => text !== ""),
  };
}

function fieldOf([first, second, third]: readonly PropertyKey[]): string {
  if (first === "groupBy" || first === "parts") return second === 1 ? "by2" : "by";
  if (first === "filters") return `${third === "values" ? "v" : third === "op" ? "o" : "c"}${Number(second ?? 0) + 1}`;
  return first === "measure" ? "measure" : String(first ?? "dataset");
}

/** The address of a question, without the path. */
export function writeAddress(question: Question): string {
  const { dataset, under, groupBy, parts = [], measure, filters, on } = question;
  const query = new URLSearchParams({ dataset });
  if (under !== "own") query.set("under", under);
  groupBy.forEach((column, at) => query.set(at === 0 ? "by" : "by2", parts[at] ? `${column}:${parts[at]}` : String(column)));
  if (measure.kind === "share") {
    query.set("measure", "share");
    putFilter(query, measure.of, "sc", "so", "sv");
  } else if (measure.kind === "ratio") {
    query.set("measure", "ratio");
    query.set("over", String(measure.column));
    query.set("per", String(measure.per));
  } else if (measure.kind !== "count") {
    query.set("measure", "value");
    query.set("how", measure.kind);
    query.set("of", String(measure.column));
  }
  putFilters(query, filters);
  if (on !== undefined) query.set("on", on);
  return query.toString();
}

export function putFilters(query: URLSearchParams, filters: readonly Filter[]): void {
  filters.forEach((filter, at) => putFilter(query, filter, `c${at + 1}`, `o${at + 1}`, `v${at + 1}`));
}

function putFilter(query: URLSearchParams, filter: Filter, column: string, op: string, value: string): void {
  query.set(column, String(filter.column));
  query.set(op, filter.op);
  if (filter.values.length > 0) query.set(value, filter.values.join("|"));
}
