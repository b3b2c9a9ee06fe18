import type { House, Scope, Session } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { findJob, type Job } from "../../store/index.ts";
import { describesPeople, listFields, listOwnEntryRows, titlesOf, type Entry, type Field } from "../catalogue/index.ts";
import { qualityActions } from "./actions.ts";
import { qualityError } from "./errors.ts";
import { dimensions, outcomeOf, type Dimension, type Outcome, type QualityResult, type QualityRule } from "./model.ts";
import { ownDataset } from "./own-dataset.ts";
import { scoreDimensions, scoreMonths, type DimensionScore, type MonthScore } from "./score.ts";
import { findLook, findRule, listLooks, listResults, listRules, type Look } from "./store.ts";
import { ruleTitle, type Names } from "./words.ts";

/** A rule with its words, its newest result, and what that comes to. */
export interface RuleState {
  readonly rule: QualityRule;
  readonly title: string;
  readonly result: QualityResult | null;
  readonly outcome: Outcome;
}

export interface Quality {
  readonly entry: Entry;
  /** The newest version; null while nothing is loaded. */
  readonly version: Version | null;
  readonly look: Look | null;
  /** The last job that checked it, or does so now. */
  readonly job: Job | null;
  readonly scores: readonly (DimensionScore & { readonly months: readonly MonthScore[] })[];
  /** Rules in force, the worst first. */
  readonly accepted: readonly RuleState[];
  /** For who may decide on them; nobody else is told of them. */
  readonly suggested: readonly RuleState[];
  readonly declined: readonly RuleState[];
  /** Whether counts are told as they are: of people only who looks after the dataset reads them exactly. */
  readonly exact: boolean;
  readonly mayDecide: boolean;
}

/** The quality of an own dataset: by dimension, rule by rule, and over the months. Fails with `quality.no-dataset`. */
export async function getQuality(session: Session, idOrTitle: string, house: House): Promise<Quality> {
  const entry = await ownDataset(session, idOrTitle, qualityActions.show, house);
  const target = { kind: "dataset", id: entry.datasetId, organisation: entry.organisation };
  return session.perform(qualityActions.show, target, (scope) => readQuality(session, entry, scope, house));
}

export interface RuleView extends RuleState {
  readonly entry: Entry;
  /** Version by version, the newest first. */
  readonly history: readonly QualityResult[];
  readonly fields: readonly Field[];
}

/** One accepted or retired rule with its history; for who may decide on it. Fails with `quality.no-rule`. */
export async function getRule(session: Session, dataset: string, id: string, house: House): Promise<RuleView> {
  const entry = await ownDataset(session, dataset, qualityActions.decide, house);
  const target = { kind: "quality-rule", id, organisation: entry.organisation };
  return session.perform(qualityActions.decide, target, async (scope) => {
    const rule = await findRule(scope.records, entry.datasetId, id);
    if (!rule || rule.state === "suggested") throw qualityError("no-rule", {});
    const fields = await listFields(scope.records, entry.datasetId);
    const history = (await listResults(scope.records, entry.datasetId))
      .filter(({ ruleId }) => ruleId === id)
      .toSorted((one, other) => other.version - one.version);
    const result = history[0] ?? null;
    const names = await namesOf(scope, [rule], fields);
    const outcome = result ? outcomeOf(result, rule.threshold) : "nothing";
    return { entry, rule, title: ruleTitle(rule.test, names), result, outcome, history, fields };
  });
}

export interface Overview {
  readonly entry: Entry;
  readonly scores: readonly DimensionScore[];
  readonly exact: boolean;
  readonly suggested: number;
  readonly look: Look | null;
}

const badness: Readonly<Record<Outcome, number>> = { fail: 3, warn: 2, pass: 1, nothing: 0 };

/** The own datasets that have rules, the worst in a dimension first; without one, those with the worst of any. */
export async function listQuality(session: Session, by: Dimension | null, house: House): Promise<readonly Overview[]> {
  return session.perform(qualityActions.show, null, async (scope) => {
    const looks = new Map((await listLooks(scope.records)).map((look) => [look.datasetId, look]));
    const entries = looks.size === 0 ? [] : await listOwnEntryRows(scope.records, session.organisation ?? "");
    const found: Overview[] = [];
    for (const entry of entries) {
      const look = looks.get(entry.datasetId);
      if (!look) continue;
      const { scores, suggested, exact } = await readQuality(session, entry, scope, house);
      found.push({ entry, scores, suggested: suggested.length, exact, look });
    }
    const rank = ({ scores }: Overview) => {
      const asked = scores.filter(({ dimension }) => by === null || dimension === by);
      const worst = Math.max(...asked.map(({ outcome }) => badness[outcome]));
      const shares = asked.filter(({ n }) => n > 0).map(({ n, passed }) => passed / n);
      return [worst, shares.length === 0 ? 1 : Math.min(...shares)] as const;
    };
    return found.toSorted((one, other) => {
      const [left, right] = [rank(one), rank(other)];
      return right[0] - left[0] || left[1] - right[1] || one.entry.title.localeCompare(other.entry.title);
    });
  });
}

async function readQuality(session: Session, entry: Entry, scope: Scope, house: House): Promise<Quality> {
  const { datasetId } = entry;
  const fields = await listFields(scope.records, datasetId);
  const rules = await listRules(scope.records, datasetId);
  const results = await listResults(scope.records, datasetId);
  const look = (await findLook(scope.records, datasetId)) ?? null;
  const newest = new Map(results.map((result) => [result.ruleId, result])); // by version: the last one stays
  const mayDecide = session.may(qualityActions.decide, entry.organisation);
  const names = await namesOf(scope, rules, fields);
  const stateOf = (rule: QualityRule): RuleState => {
    const result = newest.get(rule.id) ?? null;
    const outcome = result ? outcomeOf(result, rule.threshold) : "nothing";
    return { rule, title: ruleTitle(rule.test, names), result, outcome };
  };
  const inState = (...states: QualityRule["state"][]) =>
    rules
      .filter(({ state }) => states.includes(state))
      .map(stateOf)
      .toSorted(byDimension);
  const accepted = inState("accepted").toSorted((one, other) => badness[other.outcome] - badness[one.outcome]);
  const inForce = accepted.map(({ rule }) => rule);
  return {
    entry,
    version: (await house.lake.findVersion(datasetId)) ?? null,
    look,
    job: look ? ((await findJob(scope.records, look.job)) ?? null) : null,
    scores: scoreDimensions(inForce, newest).map((score) => ({
      ...score,
      months: scoreMonths(
        inForce.filter(({ dimension }) => dimension === score.dimension),
        results,
      ),
    })),
    accepted,
    suggested: mayDecide ? inState("suggested") : [],
    declined: mayDecide ? inState("declined", "retired") : [],
    exact: mayDecide || session.kind === "operator" || !describesPeople(entry, fields),
    mayDecide,
  };
}

const order = Object.keys(dimensions);

function byDimension(one: RuleState, other: RuleState): number {
  const places = [one, other].map(({ rule }) => order.indexOf(rule.dimension));
  return (places[0] ?? 0) - (places[1] ?? 0) || one.title.localeCompare(other.title);
}

/** The names of a dataset's columns, and of those in other own datasets that rules refer to. */
export async function namesOf(
  scope: Pick<Scope, "records">,
  rules: readonly QualityRule[],
  fields: readonly Field[],
): Promise<Names> {
  const others = [...new Set(rules.flatMap(({ test }) => (test.kind === "references" ? [test.dataset] : [])))];
  const titles = await titlesOf(scope.records, others);
  const columns = new Map(await Promise.all(others.map(async (id) => [id, await listFields(scope.records, id)] as const)));
  const named = (found: readonly Field[], number: number) => found.find((field) => field.number === number);
  return {
    column: (number) => {
      const field = named(fields, number);
      return { name: field?.name ?? "A column that is gone", type: field?.type ?? "text" };
    },
    other: (dataset, number) => ({
      title: titles.get(dataset) ?? "A dataset that was removed",
      column: named(columns.get(dataset) ?? [], number)?.name ?? "A column that is gone",
    }),
  };
}
