import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  chanceFrom,
  columnTypes,
  describeCase,
  policyCase,
  policyRow,
  type PolicyCase,
  type PolicyRow,
} from "../../test/support/policy-cases.ts";
import { openDuckDB, type TestDatabase } from "../../test/support/duckdb.ts";
import { compile, join, sql, type Fragment } from "../sql/index.ts";
import { maskOrder, type Mask } from "../vocabulary/index.ts";
import { isAttribute, type Attribute, type Literal, type Pred } from "./pred.ts";
import { evaluatePred } from "./pred-evaluate.ts";
import { renderPred, type AttributeType } from "./pred-sql.ts";
import { decide, type Decision, type Rule } from "./rule.ts";

/*
 * One policy, three meanings: the SQL that a decision's filter becomes, run by DuckDB; the rules read one by one in
 * JavaScript with every attribute bound, without settling or simplifying anything; and Cedar, which shares no code
 * with either. They must show the same rows, the same columns and the same masks.
 */
const fewer = process.env["FEWER_CASES"] === "1"; // when each changed line is judged by itself
const batches = fewer ? 10 : 250;
const casesPerBatch = 200;
const rowsPerBatch = 24;
const cedarCases = fewer ? 300 : 3000;
const cedarRows = 5;

let database: TestDatabase;
beforeAll(async () => {
  database = await openDuckDB();
});
afterAll(() => database.close());

describe("decisions", () => {
  test(`SQL and JavaScript show the same rows in ${batches * casesPerBatch} cases`, async () => {
    const chance = chanceFrom(20_261_124);
    const differing: string[] = [];
    let permitted = 0;
    let mixed = 0;
    for (let batch = 0; batch < batches; batch += 1) {
      const rows = Array.from({ length: rowsPerBatch }, () => policyRow(chance));
      const cases = Array.from({ length: casesPerBatch }, () => policyCase(chance));
      const decisions = cases.map(({ request, dataset, rules }) => decide(request, dataset, rules));
      const filters = decisions.map((decision): Pred =>
        decision.effect === "permit" ? decision.obligations.rowFilter : { op: "or", args: [] },
      );
      const fromSql = await passing(rows, filters);
      cases.forEach((each, at) => {
        const decision = decisions[at];
        if (!decision) throw new Error("A case without a decision.");
        const wanted = plainly(each, rows);
        const ours = { rows: fromSql[at], columns: shownBy(decision) ?? wanted.columns };
        if (!isDeepStrictEqual(ours, wanted)) differing.push(describeCase({ each, rows, ours, wanted }));
        if (decision.effect === "permit") permitted += 1;
        const passed = wanted.rows.filter(Boolean).length;
        if (passed > 0 && passed < rows.length) mixed += 1;
      });
    }
    expect(differing.slice(0, 3)).toEqual([]);
    // the cases say something: many are permitted, and many filters pass some rows and not others
    expect(permitted).toBeGreaterThan(batches * 40);
    expect(mixed).toBeGreaterThan(batches * 16);
  }, 120_000);

  test(`Cedar shows the same rows in ${cedarCases} cases`, () => {
    const chance = chanceFrom(4_130);
    let allowed = 0;
    for (let at = 0; at < cedarCases; at += 1) {
      const each = policyCase(chance);
      const rows = Array.from({ length: cedarRows }, () => policyRow(chance));
      const decision = decide(each.request, each.dataset, each.rules);
      if (decision.effect === "deny" && decision.reason === "column") continue; // Cedar knows no intersection of columns
      const ours = rows.map(
        (row) => decision.effect === "permit" && evaluatePred(decision.obligations.rowFilter, { ...each.request.known, row }),
      );
      const theirs = cedarAllows(each, rows);
      expect(theirs, `${describeCase(each)}\n${describeCase(rows)}`).toEqual(ours);
      allowed += ours.filter(Boolean).length;
    }
    expect(allowed).toBeGreaterThan(cedarCases / 3);
  }, 120_000);
});

/** What the rules say, read as they stand. */
function plainly(
  { request, dataset, rules }: PolicyCase,
  rows: readonly PolicyRow[],
): { rows: readonly boolean[]; columns: readonly { number: number; mask: Mask }[] } {
  const nothing = { rows: rows.map(() => false), columns: [] };
  const agreement = request.under === "own" ? null : request.under.agreement;
  if (agreement === null && dataset.organisation !== request.organisation) return nothing;
  if (dataset.describesPeople && ["read", "search", "export"].includes(request.action) && request.need !== true) return nothing;
  const held = (list: readonly string[], one: string | null) => one !== null && list.includes(one);
  const speaking = rules.filter((rule) => rule.dataset === dataset.id && rule.actions.includes(request.action));
  const forbids = speaking.filter(
    ({ effect, roles, purposes }) =>
      effect === "forbid" &&
      (roles.length === 0 || roles.some((role) => request.roles.includes(role))) &&
      (purposes.length === 0 || held(purposes, request.purpose)),
  );
  const permits = speaking.filter(
    (rule) =>
      rule.effect === "permit" &&
      rule.agreement === agreement &&
      held(rule.purposes, request.purpose) &&
      rule.roles.some((role) => request.roles.includes(role)) &&
      (request.columns === "covered" || request.columns.every((wanted) => rule.columns.some(({ number }) => number === wanted))),
  );
  if (permits.length === 0) return nothing;
  const covered = dataset.columns
    .map(({ number }) => number)
    .filter((number) => permits.every((rule) => rule.columns.some((column) => column.number === number)));
  const wanted = request.columns === "covered" ? covered : request.columns;
  if (wanted.length === 0 || wanted.some((number) => !covered.includes(number))) return nothing;
  const holds = (rule: Rule, row: PolicyRow) => evaluatePred(rule.when, { ...request.known, row });
  return {
    rows: rows.map((row) => permits.some((rule) => holds(rule, row)) && !forbids.some((rule) => holds(rule, row))),
    columns: wanted.map((number) => ({
      number,
      mask: permits
        .flatMap((rule) => rule.columns.filter((column) => column.number === number).map(({ mask }) => mask))
        .toSorted((one, other) => maskOrder.indexOf(other) - maskOrder.indexOf(one))[0] as Mask,
    })),
  };
}

/** The columns and masks; no columns where the request is denied, unless a forbid denies it, which the rows show. */
function shownBy(decision: Decision): readonly { number: number; mask: Mask }[] | undefined {
  if (decision.effect === "deny" && decision.reason === "forbidden") return undefined;
  return decision.effect === "permit" ? decision.obligations.columns : [];
}

/** For each filter, which rows pass it: all filters in one statement. */
async function passing(rows: readonly PolicyRow[], filters: readonly Pred[]): Promise<readonly (readonly boolean[])[]> {
  const values = rows.map((row, at) => {
    const cells = [...columnTypes].map(([name, type]) => cellSql(row.get(name), type));
    return sql`(${join([sql`${at}`, ...cells], ", ")})`;
  });
  const answers = filters.map((filter) => renderPred(filter, columnTypes));
  const statement = compile(
    sql`SELECT [${join(answers, ", ")}] AS passes FROM (VALUES ${join(values, ", ")}) AS t(place, c1, c2, c3, c4, c5, c6, c7) ORDER BY place`,
  );
  const found = await database.rows(statement);
  return filters.map((_, filter) => found.map(({ passes }) => (passes as readonly boolean[])[filter] === true));
}

function cellSql(value: Literal | undefined, type: AttributeType): Fragment {
  if (type === "VARCHAR") return sql`CAST(${(value as string | undefined) ?? null} AS VARCHAR)`;
  if (type === "BOOLEAN") return sql`CAST(${(value as boolean | undefined) ?? null} AS BOOLEAN)`;
  const number = value === undefined ? sql`NULL` : sql`${value}`;
  if (type === "DATE")
    return value === undefined ? sql`CAST(NULL AS DATE)` : sql`(DATE '1970-01-01' + CAST(${number} AS INTEGER))`;
  return type === "DOUBLE" ? sql`CAST(${number} AS DOUBLE)` : sql`CAST(${number} AS BIGINT)`;
}

type Cedar = typeof import("@cedar-policy/cedar-wasm/nodejs");
const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs") as Cedar;

/** Which rows Cedar allows: each rule one policy, the row the resource, and what is missing left out. */
function cedarAllows({ request, dataset, rules }: PolicyCase, rows: readonly PolicyRow[]): readonly boolean[] {
  const policies: Record<string, string> = {
    need: `forbid (principal, action, resource) when { context.personLevel && !context.need };`,
  };
  for (const rule of rules) if (rule.dataset === dataset.id) policies[rule.id] = cedarPolicy(rule);
  const parsed = cedar.preparsePolicySet("case", { staticPolicies: policies });
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
  const agreement = request.under === "own" ? null : request.under.agreement;
  const context = {
    action: request.action,
    purpose: request.purpose ?? "none",
    agreement: agreement ?? "own",
    isOwner: dataset.organisation === request.organisation,
    personLevel: dataset.describesPeople && ["read", "search", "export"].includes(request.action),
    need: request.need === true,
    wanted: request.columns === "covered" ? [] : [...request.columns],
    why: recordOf(request.known.why),
    agreementFacts: recordOf(request.known.agreement),
  };
  const person = { type: "Person", id: "p" };
  return rows.map((row) => {
    const answer = cedar.statefulIsAuthorized({
      principal: person,
      action: { type: "Action", id: "use" },
      resource: { type: "Row", id: "r" },
      context,
      preparsedPolicySetId: "case",
      entities: [
        { uid: person, attrs: { ...recordOf(request.known.who), held: [...request.roles] }, parents: [] },
        { uid: { type: "Row", id: "r" }, attrs: recordOf(row), parents: [] },
      ],
    });
    if (answer.type !== "success" || answer.response.diagnostics.errors.length > 0) throw new Error(JSON.stringify(answer));
    return answer.response.decision === "allow";
  });
}

function recordOf(values: ReadonlyMap<string, Literal | readonly Literal[]>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    [...values].flatMap(([name, value]) => (Array.isArray(value) ? [] : [[name, cedarValue(value as Literal)] as const])),
  );
}

function cedarValue(value: Literal): string | number | boolean {
  return typeof value === "bigint" ? Number(value) : typeof value === "string" ? value.normalize("NFC") : value;
}

function cedarPolicy(rule: Rule): string {
  const among = (list: readonly string[], one: string) => `${JSON.stringify(list)}.contains(${one})`;
  const everyone = rule.effect === "forbid";
  const parts = [
    rule.actions.length === 0 ? "false" : among(rule.actions, "context.action"),
    rule.roles.length === 0 ? String(everyone) : `principal.held.containsAny(${JSON.stringify(rule.roles)})`,
    rule.purposes.length === 0 ? String(everyone) : among(rule.purposes, "context.purpose"),
  ];
  if (rule.effect === "permit") {
    parts.push(`context.agreement == ${JSON.stringify(rule.agreement ?? "own")}`);
    if (rule.agreement === null) parts.push("context.isOwner");
    parts.push(
      rule.columns.length === 0
        ? "context.wanted == []"
        : `[${rule.columns.map(({ number }) => number).join(", ")}].containsAll(context.wanted)`,
    );
  }
  return `${rule.effect} (principal, action, resource) when { ${[...parts, cedarPred(rule.when)].join(" && ")} };`;
}

function cedarPred(pred: Pred): string {
  switch (pred.op) {
    case "true":
      return "true";
    case "and":
    case "or":
      return pred.args.length === 0
        ? String(pred.op === "and")
        : `(${pred.args.map(cedarPred).join(pred.op === "and" ? " && " : " || ")})`;
    case "not":
      return `!(${cedarPred(pred.arg)})`;
    case "has":
      return has(pred.a);
    case "in":
      return pred.set.length === 0
        ? "false"
        : `(${has(pred.a)} && [${pred.set.map(cedarLiteral).join(", ")}].contains(${cell(pred.a)}))`;
    case "eq":
    case "lt":
    case "le": {
      const there = isAttribute(pred.b) ? `${has(pred.a)} && ${has(pred.b)}` : has(pred.a);
      const other = isAttribute(pred.b) ? cell(pred.b) : cedarLiteral(pred.b);
      if (pred.op === "eq") return `(${there} && ${cell(pred.a)} == ${other})`;
      if (!isNumber(pred.a) || !isNumber(pred.b)) return "false";
      return `(${there} && ${cell(pred.a)} ${pred.op === "lt" ? "<" : "<="} ${other})`;
    }
  }
}

function isNumber(value: Literal | Attribute): boolean {
  if (!isAttribute(value)) return typeof value === "bigint";
  if (value.of !== "row") return value.name === "grade";
  return ["BIGINT", "DATE", "DOUBLE"].includes(columnTypes.get(value.name) ?? "");
}

function holder({ of }: Attribute): string {
  return { who: "principal", why: "context.why", agreement: "context.agreementFacts", row: "resource" }[of];
}

function has(a: Attribute): string {
  return `${holder(a)} has ${a.name}`;
}

function cell(a: Attribute): string {
  return `${holder(a)}.${a.name}`;
}

function cedarLiteral(value: Literal): string {
  if (typeof value === "bigint") return value < 0n ? `(${value})` : String(value);
  return typeof value === "boolean" ? String(value) : JSON.stringify(value.normalize("NFC"));
}
