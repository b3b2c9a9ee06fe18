import type { House, Scope, Session } from "../../access/index.ts";
import type { Cell, Version } from "../../engine/index.ts";
import { pageSize, type PageOf } from "../../kernel/paging.ts";
import type { Entry } from "../catalogue/index.ts";
import { insightActions } from "./actions.ts";
import type { Usable } from "./columns.ts";
import { insightError } from "./errors.ts";
import { filterPred, filterWords } from "./filter.ts";
import { columnsOf, findReadable, listVersionsOf } from "./readable.ts";
import { findBound } from "./rows-bound.ts";
import { countStatement, pageStatement, type RowsPlan } from "./rows-statement.ts";
import type { RowsView } from "./rows-view.ts";
import { versionAt } from "./version-at.ts";

/** What stands around the rows of a dataset. */
export interface RowsFrame {
  readonly entry: Entry;
  readonly version: Version;
  readonly versions: readonly Version[];
  readonly columns: readonly Usable[];
}

export interface DatasetRow {
  readonly record: number;
  readonly cells: readonly Cell[];
}

/** A page of rows that meet a view's conditions. */
export interface RowsPage extends RowsFrame {
  readonly shown: readonly Usable[];
  readonly conditions: readonly string[];
  readonly rows: PageOf<DatasetRow>;
  /** How many rows can be paged through: the decision's limit. */
  readonly reach: number;
}

/** How many columns are shown unless others are chosen. */
export const mostColumns = 7;

/**
 * Rows of an own dataset that describes no people, page by page. Fails with `insight.…`, or with `access.…` when the decision is
 * no. Pages go as far as the decision's row limit; the total is of all.
 */
export async function lookAtRows(session: Session, view: RowsView, house: House): Promise<RowsPage> {
  return perform(session, view.dataset, async (scope) => {
    const frame = await frameOf(scope, session, view, house);
    const plan = planRows(view, frame.columns);
    const columns = plan.columns.map(({ number }) => number);
    const { relation, obligations } = await scope.relation({
      dataset: view.dataset,
      action: "read",
      under: "own",
      columns,
      version: frame.version.number,
    });
    const reach = obligations.rowLimit;
    const all = view.filters.length === 0 && view.search === "";
    const counting = all ? Promise.resolve(frame.version.rows) : count(scope, plan, relation);
    const page = view.page === 1 ? 1 : Math.min(view.page, Math.max(1, Math.ceil(Math.min(await counting, reach) / pageSize)));
    const window = { offset: (page - 1) * pageSize, limit: pageSize };
    const readRows = async () => {
      const bound = await findBound(scope, plan, relation, {
        version: frame.version,
        place: window.offset + pageSize - 1,
        house,
      });
      return scope.query(pageStatement(plan, relation, window, bound), { maxRows: pageSize });
    };
    const [total, read] = await Promise.all([counting, readRows()]);
    const rows = read.rows.map(([record, ...cells]) => ({ record: Number(record), cells }));
    return {
      ...frame,
      shown: plan.shown,
      conditions: view.filters.map((filter) => filterWords(filter, find(frame.columns, filter.column))),
      rows: { rows, total, page, size: pageSize },
      reach,
    };
  });
}

/** What stands around the rows, without them. */
export async function describeRows(session: Session, dataset: string, house: House): Promise<RowsFrame> {
  return perform(session, dataset, (scope) => frameOf(scope, session, { dataset, on: null, version: null }, house));
}

function perform<T>(session: Session, id: string, work: (scope: Scope) => Promise<T>): Promise<T> {
  return session.perform(insightActions.look, { kind: "dataset", id, organisation: null }, work);
}

async function frameOf(
  scope: Scope,
  session: Session,
  view: Pick<RowsView, "dataset" | "on" | "version">,
  house: House,
): Promise<RowsFrame> {
  const readable = await findReadable(scope, session, view.dataset);
  const version = await versionAt(view.dataset, view, house);
  const versions = await listVersionsOf(view.dataset, house);
  return { entry: readable.entry, version, versions, columns: columnsOf(readable, version) };
}

async function count(scope: Scope, plan: RowsPlan, relation: Parameters<typeof countStatement>[1]): Promise<number> {
  const { rows } = await scope.query(countStatement(plan, relation), { maxRows: 1 });
  return Number(rows[0]?.[0] ?? 0);
}

function planRows(view: RowsView, columns: readonly Usable[]): RowsPlan {
  const filters = view.filters.map((filter, at) => {
    const names = { column: `c${at + 1}`, value: `v${at + 1}` };
    return filterPred(filter, find(columns, filter.column, names.column), names);
  });
  const chosen = columns.filter(({ number }) => view.columns.includes(number));
  const shown = chosen.length > 0 ? chosen : columns.slice(0, mostColumns);
  const sort = view.sort && { column: find(columns, view.sort.column, "sort"), down: view.sort.down };
  const texts = view.search === "" ? [] : columns.filter(({ storage }) => storage === "VARCHAR");
  const used = new Set([
    ...shown,
    ...texts,
    ...(sort ? [sort.column] : []),
    ...view.filters.map(({ column }) => find(columns, column)),
  ]);
  return { where: { op: "and", args: filters }, search: view.search, sort, shown, texts, columns: [...used] };
}

function find(columns: readonly Usable[], number: number, field = "c1"): Usable {
  const column = columns.find((candidate) => candidate.number === number);
  if (!column) throw insightError("no-column", { column: String(number) }, { [field]: "Choose a column from the list." });
  return column;
}
