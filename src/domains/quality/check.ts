import type { House, JobKind, JobRequest, Scope, Session } from "../../access/index.ts";
import { predProblems } from "../../access/index.ts";
import type { Relation, Version } from "../../engine/index.ts";
import { civilDate } from "../../kernel/clock.ts";
import { newId } from "../../kernel/ids.ts";
import type { Job } from "../../store/index.ts";
import { findEntry, listFields, listJoins, type Entry, type Field } from "../catalogue/index.ts";
import { findMode, findPersonFacts } from "../people/index.ts";
import { qualityActions } from "./actions.ts";
import { qualityError } from "./errors.ts";
import { ageOf, isCounted, measureStatement, readMeasured, type Measuring } from "./measure.ts";
import { columnsOf, fingerprintOf, outcomeOf, type Measured, type QualityRule, type RuleTest } from "./model.ts";
import { followIssues } from "./issues.ts";
import { ownDataset } from "./own-dataset.ts";
import { deleteRule, findLook, insertRule, listResults, listRules, putAsked, putLooked, putResult, updateRule } from "./store.ts";
import { candidateRules, promiseFor, worthSaying } from "./suggest.ts";

/** Months before the newest version's that are counted too, so that a trend stands from the first check on. */
const mostMonths = 12;

export interface CheckSummary {
  readonly version: number;
  /** How many accepted rules pass, are to be looked at, fail, or had nothing to check. */
  readonly outcomes: Readonly<Record<"pass" | "warn" | "fail" | "nothing", number>>;
  readonly suggested: number;
}

/** Asks for a dataset to be checked: its accepted rules are counted and others suggested. Gives the job that does it. */
export async function requestCheck(session: Session, idOrTitle: string, house: House): Promise<Job> {
  const entry = await ownDataset(session, idOrTitle, qualityActions.check, house);
  const target = { kind: "dataset", id: entry.datasetId, organisation: entry.organisation };
  return session.perform(qualityActions.check, target, async (scope) => {
    if (!(await house.lake.findVersion(entry.datasetId))) throw qualityError("no-dataset", { name: idOrTitle });
    const job = await queueCheck(session, entry, house);
    const asked = { datasetId: entry.datasetId, askedBy: session.person?.id ?? "", job: job.id };
    await scope.transaction((records) => putAsked(records, asked));
    return job;
  });
}

/**
 * A dataset that somebody had checked has a new version, or a column of another type: it is checked again for the same
 * person, while they look after data there. Nobody is made to have asked.
 */
export async function checkAgain(dataset: string, house: House): Promise<void> {
  const [look, entry] = [await findLook(house.store, dataset), await findEntry(house.store, dataset)];
  if (!look || !entry) return;
  const person = await findPersonFacts(house.store, look.askedBy, entry.organisation);
  if (!person?.active) return;
  const session = house.gate.serviceSession(person, "stewardship");
  if (!session.may(qualityActions.check, entry.organisation)) return;
  const job = await queueCheck(session, entry, house);
  await house.store.transaction((records) => putAsked(records, { ...look, job: job.id }));
}

function queueCheck(session: Session, { datasetId, organisation }: Entry, house: House): Promise<Job> {
  return house.jobs.queue(session, {
    kind: "quality.check",
    input: { dataset: datasetId, purpose: "stewardship" },
    organisation,
  });
}

export const checkJob: JobKind = {
  kind: "quality.check",
  label: "Check quality",
  run: async (request) => {
    const { dataset } = request.job.input as { dataset: string };
    return request.session.perform(
      qualityActions.check,
      { kind: "dataset", id: dataset, organisation: request.job.organisation },
      (scope) => checkDataset(dataset, request, scope),
    );
  },
};

async function checkDataset(dataset: string, request: JobRequest, scope: Scope): Promise<CheckSummary> {
  const { house } = request;
  const version = await house.lake.findVersion(dataset);
  if (!version) throw qualityError("no-dataset", { name: dataset });
  const fields = await listFields(scope.records, dataset);
  const held = await listRules(scope.records, dataset);
  const { rules, kept, dropped } = await suggest({ dataset, version, fields, held }, request, scope);
  const accepted = held.filter(({ state }) => state === "accepted");
  const measured = new Map([...(await measureVersion(version, accepted, fields, request, scope)), ...rules]);
  const before = await measureMonths(version, accepted, fields, request, scope);
  const now = house.clock();
  await scope.transaction(async (records) => {
    for (const rule of dropped) await deleteRule(records, rule.id);
    for (const { rule, isNew } of kept)
      if (isNew) await insertRule(records, rule);
      else await updateRule(records, rule.id, { test: rule.test });
    for (const { of, results } of [{ of: version, results: measured }, ...before])
      for (const [ruleId, result] of results)
        await putResult(records, { ruleId, version: of.number, ...result, loadedAt: of.committedAt, checkedAt: now });
    const checked = accepted.flatMap((rule) => {
      const count = measured.get(rule.id);
      return count ? [{ rule, count }] : [];
    });
    await followIssues(records, checked, version.number, now);
    const [askedBy, job] = [request.session.person?.id ?? "", request.job.id];
    await putLooked(records, { datasetId: dataset, askedBy, job, version: version.number, at: now });
  });
  const outcomes = { pass: 0, warn: 0, fail: 0, nothing: 0 };
  for (const rule of accepted) {
    const result = measured.get(rule.id);
    if (result) outcomes[outcomeOf(result, rule.threshold)] += 1;
  }
  return { version: version.number, outcomes, suggested: kept.length };
}

interface Looked {
  readonly dataset: string;
  readonly version: Version;
  readonly fields: readonly Field[];
  readonly held: readonly QualityRule[];
}

/** Counts what the profile suggests, and says what is worth a steward's while, and which suggestions are so no more. */
async function suggest({ dataset, version, fields, held }: Looked, request: JobRequest, scope: Scope) {
  const { house } = request;
  const current = fields.filter(({ number }) => version.columns.some((column) => column.number === number));
  const candidates = candidateRules({
    fields: current,
    rows: version.rows,
    versions: version.number,
    joins: await listJoins(scope.records, dataset),
    invented: (await findMode(house.store)) === "sample",
  });
  const known = new Map(held.map((rule) => [fingerprintOf(rule.test), rule]));
  const organisation = request.job.organisation;
  const trials = candidates.flatMap((candidate): readonly { rule: QualityRule; isNew: boolean }[] => {
    const before = known.get(fingerprintOf(candidate.test));
    if (before) return before.state === "suggested" ? [{ rule: { ...before, test: candidate.test }, isNew: false }] : [];
    const rule: QualityRule = {
      id: newId("qrl", house.clock()),
      organisation,
      datasetId: dataset,
      ...candidate,
      columns: columnsOf(candidate.test),
      state: "suggested",
      decidedBy: null,
      decidedAt: null,
      reason: "",
      createdAt: house.clock(),
    };
    mustBeUsable(rule.test);
    return [{ rule, isNew: true }];
  });
  const counts = await measureVersion(
    version,
    trials.map(({ rule }) => rule),
    fields,
    request,
    scope,
  );
  const kept = trials.flatMap((trial) => {
    const count = counts.get(trial.rule.id);
    if (!count || !worthSaying(trial.rule, count, current)) return [];
    return [{ ...trial, rule: { ...trial.rule, test: promised(trial.rule.test, count) } }];
  });
  const ids = new Set(kept.map(({ rule }) => rule.id));
  const rules = [...counts]
    .filter(([id]) => ids.has(id))
    .map(([id, count]): [string, Measured] => {
      const test = kept.find(({ rule }) => rule.id === id)?.rule.test;
      return [id, test?.kind === "fresh" ? ageOf(count.days, test.days) : count];
    });
  return { rules, kept, dropped: held.filter(({ state, id }) => state === "suggested" && !ids.has(id)) };
}

/** A suggestion of freshness promises what is kept now. */
function promised(test: RuleTest, { days }: Measured): RuleTest {
  return test.kind === "fresh" && days !== null ? { ...test, days: promiseFor(days) } : test;
}

function mustBeUsable(test: RuleTest): void {
  if (test.kind !== "row") return;
  const optional = new Set(columnsOf(test).flatMap((number) => [`c${number}`, `t${number}`]));
  const [problem] = [test.of, test.holds].flatMap((pred) => predProblems(pred, { optional, forbid: false }));
  if (problem !== undefined) throw qualityError("bad-rule", { problem });
}

/** Of each month before the newest version's, the last version, where an accepted rule was not counted on it yet. */
async function measureMonths(
  newest: Version,
  rules: readonly QualityRule[],
  fields: readonly Field[],
  request: JobRequest,
  scope: Scope,
): Promise<readonly { of: Version; results: ReadonlyMap<string, Measured> }[]> {
  if (rules.length === 0 || newest.number === 1) return [];
  const monthOf = ({ committedAt }: Version) => civilDate(committedAt).slice(0, 7);
  const versions = (await request.house.lake.listVersions(newest.datasetId)).filter(({ number }) => number < newest.number);
  const months = Map.groupBy(versions, monthOf);
  months.delete(monthOf(newest));
  const last = [...months.values()].map((held) => held.reduce((one, other) => (other.number > one.number ? other : one)));
  const counted = new Set((await listResults(scope.records, newest.datasetId)).map((each) => `${each.ruleId} ${each.version}`));
  const found = [];
  for (const version of last.toSorted((one, other) => other.number - one.number).slice(0, mostMonths)) {
    const missing = rules.filter(({ id }) => !counted.has(`${id} ${version.number}`));
    if (missing.length > 0) found.push({ of: version, results: await measureVersion(version, missing, fields, request, scope) });
  }
  return found;
}

/** Counts rules on one version; those about columns that it lacks are left out. */
async function measureVersion(
  version: Version,
  rules: readonly QualityRule[],
  fields: readonly Field[],
  request: JobRequest,
  scope: Scope,
): Promise<ReadonlyMap<string, Measured>> {
  const { house, process, signal } = request;
  const there = new Set(version.columns.map(({ number }) => number));
  const usable = rules.filter(({ columns }) => columns.every((number) => there.has(number)));
  const found = new Map<string, Measured>();
  for (const { id, test } of usable) {
    const count = isCounted(test) ? undefined : await measureVersions(version, test, house);
    if (count) found.set(id, count);
  }
  const counted = usable.flatMap(({ id, test }) => (isCounted(test) ? [{ id, test }] : []));
  if (counted.length === 0) return found;
  const tests = counted.map(({ test }) => test);
  const on = await openRows(version, tests, fields, house, scope);
  const statement = measureStatement(tests, on);
  const { rows } = await scope.queryOn(process, statement, { maxRows: 1, signal });
  for (const [at, count] of readMeasured(tests, rows[0] ?? []).entries()) found.set(counted[at]?.id ?? "", count);
  return found;
}

/** What versions alone can tell: how old the load is, and whether rows went missing since the one before. */
async function measureVersions(version: Version, test: RuleTest, house: House): Promise<Measured | undefined> {
  if (test.kind === "fresh") {
    const age = Math.floor((house.clock() - version.committedAt) / 86_400_000);
    return ageOf(age, test.days);
  }
  const before = await house.lake.findVersion(version.datasetId, version.number - 1);
  return before && { n: before.rows, passed: Math.min(before.rows, version.rows), days: null };
}

/** The rows that tests are asked of, with those of the datasets they refer to, each opened under its own decision. */
export async function openRows(
  version: Version,
  tests: readonly RuleTest[],
  fields: readonly Field[],
  house: House,
  scope: Scope,
): Promise<Measuring> {
  const columns = [...new Set(tests.flatMap(columnsOf))];
  const base = { action: "check", under: "own" } as const;
  const { relation } = await scope.relation({ ...base, dataset: version.datasetId, columns, version: version.number });
  const wanted = Map.groupBy(
    tests.flatMap((test) => (test.kind === "references" ? [test] : [])),
    ({ dataset }) => dataset,
  );
  const others = new Map<string, Relation>();
  for (const [dataset, references] of wanted) {
    const [entry, newest] = [await findEntry(scope.records, dataset), await house.lake.findVersion(dataset)];
    const numbers = [...new Set(references.map(({ to }) => to))];
    const has = newest && numbers.every((number) => newest.columns.some((column) => column.number === number));
    if (entry && has) others.set(dataset, (await scope.relation({ ...base, dataset, columns: numbers })).relation);
  }
  const newest = (await house.lake.findVersion(version.datasetId))?.number === version.number;
  return {
    rows: relation,
    types: new Map(fields.map(({ number, type }) => [number, type])),
    others,
    asAt: civilDate(newest ? house.clock() : version.committedAt),
  };
}
