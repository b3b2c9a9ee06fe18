import type { House, Scope, Session } from "../../access/index.ts";
import type { QueryResult } from "../../engine/index.ts";
import type { Fragment } from "../../sql/index.ts";
import type { Records } from "../../store/index.ts";
import { minCellOf } from "../../disclosure/index.ts";
import { civilDate, formatDate } from "../../kernel/clock.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { findAreasFor, type FoundAreas } from "../places/index.ts";
import { insightActions } from "./actions.ts";
import { keptValues, usableColumn, type Usable } from "./columns.ts";
import { findAskable, type Askable } from "./datasets.ts";
import { countedSets, findDifference, type CountedSet, type KnownValues } from "./differencing.ts";
import { insightError } from "./errors.ts";
import { controlFigures, isTooFew, readFigures, type Figures } from "./figures.ts";
import { groupLimit, type Question } from "./model.ts";
import { canonicalQuestion, planQuestion, type Plan } from "./plan.ts";
import { answerStatement } from "./statement.ts";
import { versionAt } from "./version-at.ts";
import { insertQuestion, insertTold, listTold, type AskedQuestion } from "./store.ts";

/** A question with its answer: figures that passed disclosure control, and everything that must stand beside them. */
export interface Answer {
  readonly question: Question;
  readonly plan: Plan;
  readonly figures: Figures;
  readonly dataset: { readonly id: string; readonly title: string; readonly attribution: string };
  readonly version: { readonly number: number; readonly committedAt: number };
  readonly agreement: { readonly id: string; readonly title: string; readonly lentBy: string } | null;
  /** 0: nothing is hidden. */
  readonly minCell: number;
  /** Whether the records are of people, so that figures are rounded. */
  readonly people: boolean;
  /** The areas that the first grouping column's codes stand for, with their outlines. */
  readonly areas: FoundAreas | null;
  readonly asAt: string;
}

/**
 * Answers a question under the session's own rights: decide, aggregate in one statement, control disclosure, compare
 * with what their organisation was told before. Fails with `insight.…`, or with `access.…` when the decision is no.
 */
export async function ask(session: Session, question: Question, house: House): Promise<Answer> {
  try {
    return await answer(session, question, house);
  } catch (error) {
    const code = error instanceof GuildhallError ? error.code : "";
    if (code === "insight.differencing" || code === "insight.too-few")
      await insertQuestion(house.store, asked(session, question, house, code));
    throw error;
  }
}

async function answer(session: Session, question: Question, house: House): Promise<Answer> {
  return session.perform(insightActions.ask, { kind: "dataset", id: question.dataset, organisation: null }, async (scope) => {
    if (session.purpose !== "planning") throw insightError("not-planning", {});
    const request = {
      dataset: question.dataset,
      action: "aggregate" as const,
      under: question.under === "own" ? ("own" as const) : { agreement: question.under },
    };
    const askable = await findAskable(scope.records, session, question, house);
    if (!askable) {
      await scope.relation({ ...request, columns: "covered" }); // says no, and puts on record why
      throw insightError("no-dataset", {});
    }
    if (askable.loadedAt === null) throw insightError("not-loaded", {});
    const before = question.on === undefined ? null : await versionBefore(question, question.on, house);
    const { people } = askable;
    const columns = planQuestion(question, askable.columns).columns;
    if (people && (question.measure.kind === "min" || question.measure.kind === "max"))
      throw insightError("of-one-person", {}, { how: "Choose the average or the total." });
    refuseMissing(columns, before, askable);
    const granted = await scope.relation({ ...request, columns, ...(before ? { version: before.number } : {}) });
    // what was granted decides, whatever was offered
    const seen = granted.columns.map(({ number, name, type, mask }) => {
      const { values = [], distinctFew = false } = hintsOf(askable.columns.find((column) => column.number === number));
      return usableColumn({ number, name, type, mask, values, distinct: distinctFew ? 0 : Number.MAX_SAFE_INTEGER });
    });
    const plan = planQuestion(question, seen);
    const today = civilDate(house.clock());
    const asAt = question.on !== undefined && question.on < today ? question.on : today; // nobody is as old yet as on a day to come
    const result = await run(scope, answerStatement(plan, granted.relation, seen, asAt), plan);
    const dims = plan.groups.length;
    const raw = readFigures(result, dims, plan.measure.kind === "count");
    if (!raw) throw tooMany(plan);
    const minCell = people || granted.obligations.minCell > 0 ? minCellOf(granted.obligations) : 0;
    if (isTooFew(raw, { minCell, people })) throw insightError("too-few", { minCell });
    const filtered = question.filters.length > 0;
    const figures = controlFigures(raw, { dims, minCell, people, filtered, kind: plan.measure.kind });
    const canonical = canonicalQuestion(question, seen);
    const forms = plan.groups.map(({ form }) => form);
    const sets = minCell > 0 ? countedSets(canonical, forms, figures) : [];
    await scope.transaction(async (records) => {
      await insertQuestion(records, asked(session, question, house, "answered"));
      if (sets.length > 0)
        await refuseDifferences(records, session, sets, { dataset: question.dataset, minCell, known: knownValues(seen) });
      const organisation = session.organisation ?? "";
      await insertTold(
        records,
        { organisation, dataset: question.dataset, version: granted.version.id, at: house.clock() },
        sets,
      );
    });
    return {
      question,
      plan,
      figures,
      dataset: { id: askable.entry.datasetId, title: askable.entry.title, attribution: askable.entry.attribution },
      version: { number: granted.version.number, committedAt: granted.version.committedAt },
      agreement: askable.under === "own" ? null : { ...askable.under, lentBy: askable.lentBy ?? "" },
      minCell,
      people,
      areas: await areasOf(scope, plan, figures),
      asAt,
    };
  });
}

/** Of what is lent nobody agreed that the past goes with it. */
async function versionBefore({ dataset, under }: Question, on: string, house: House) {
  if (under !== "own") throw insightError("on-lent", {}, { on: "Leave the day out." });
  const version = await versionAt(dataset, { on, version: null }, house);
  return { number: version.number, columns: await house.lake.numbersOf(version), on };
}

function refuseMissing(
  wanted: readonly number[],
  before: { readonly columns: readonly number[]; readonly on: string } | null,
  { columns }: Askable,
): void {
  const missing = before && columns.find(({ number }) => wanted.includes(number) && !before.columns.includes(number));
  if (missing)
    throw insightError("not-there-then", { column: missing.label, day: formatDate(before.on) }, { on: "Choose a later day." });
}

function hintsOf(offered: { readonly values: readonly string[]; readonly group: string | null } | undefined) {
  return offered ? { values: offered.values, distinctFew: offered.group === "number" } : {};
}

function knownValues(columns: readonly Usable[]): KnownValues {
  return new Map(columns.map((column) => [column.number, keptValues(column)]));
}

async function run(scope: Scope, statement: Fragment, plan: Plan): Promise<QueryResult> {
  try {
    return await scope.query(statement, { maxRows: 2 * groupLimit + 10 });
  } catch (error) {
    if (error instanceof GuildhallError && error.code === "engine.too-many-rows") throw tooMany(plan);
    throw error;
  }
}

function tooMany({ groups }: Plan): GuildhallError {
  const column = groups.map((group) => `“${group.column.label}”`).join(" and ");
  return insightError("too-many-groups", { column, limit: groupLimit }, { by: "Choose a coarser column, or add a condition." });
}

async function refuseDifferences(
  records: Records,
  session: Session,
  sets: readonly CountedSet[],
  among: { dataset: string; minCell: number; known: KnownValues },
): Promise<void> {
  const because = findDifference(await listTold(records, session.organisation ?? "", among.dataset), sets, among);
  if (because !== undefined) throw insightError("differencing", { because });
}

function asked(session: Session, question: Question, house: House, outcome: string): AskedQuestion {
  return { at: house.clock(), person: session.person?.id ?? null, organisation: session.organisation, question, outcome };
}

async function areasOf(scope: Scope, plan: Plan, { cells }: Figures): Promise<FoundAreas | null> {
  const at = plan.groups.findIndex(({ column }) => column.type === "geo.gss_code");
  if (at < 0) return null;
  const codes = cells.map(({ keys }) => keys[at] ?? "").filter((code) => code !== "");
  return (await findAreasFor(scope.records, codes)) ?? null;
}
