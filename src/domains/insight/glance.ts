import type { House, Scope, Session } from "../../access/index.ts";
import type { Cell, Version } from "../../engine/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Entry } from "../catalogue/index.ts";
import { findAreasFor, type FoundAreas } from "../places/index.ts";
import { insightActions } from "./actions.ts";
import type { Usable } from "./columns.ts";
import { hasRange, mostAreas, mostInLine, picturesStatement, rangesStatement, type Drawn } from "./glance-statement.ts";
import { columnsOf, findReadable } from "./readable.ts";
import { versionAt } from "./version-at.ts";

/** A column at a glance: how much of it is filled, and how its values are spread where that can be drawn. */
export interface GlancedColumn {
  readonly column: Usable;
  readonly filled: number;
  /** About how many different values there are. */
  readonly distinct: number;
  readonly drawn: Drawn | null;
  readonly groups: readonly { readonly key: string; readonly n: number }[];
  /** The areas that a column of codes stands for. */
  readonly areas: FoundAreas | null;
}

export interface Glance {
  readonly entry: Entry;
  readonly version: Version;
  readonly rows: number;
  readonly columns: PageOf<GlancedColumn>;
}

export const columnsPerPage = 24;
/** Rows of figures that one page brings from the engine: 24 columns with at most 366 groups each. */
export const mostGroups = columnsPerPage * mostInLine;
const mostBins = 20;
const fewNumbers = 12;
const mostListed = 60;
const dayMs = 86_400_000;

/**
 * The columns of the newest version of an own dataset that describes no people, drawn: two statements a page, however many rows
 * and columns there are. Fails as `lookAtRows` does.
 */
export async function glanceAt(session: Session, dataset: string, page: number, house: House): Promise<Glance> {
  return session.perform(insightActions.look, { kind: "dataset", id: dataset, organisation: null }, async (scope) => {
    const readable = await findReadable(scope, session, dataset);
    const version = await versionAt(dataset, { on: null, version: null }, house);
    const all = columnsOf(readable, version);
    const distinct = new Map(readable.fields.map((field) => [field.number, field.distinct]));
    let rows = version.rows;
    const columns = await readPage(
      page,
      {
        count: async () => all.length,
        rows: async ({ offset, limit }) => {
          const read = await glance(scope, dataset, all.slice(offset, offset + limit), distinct);
          rows = read.rows;
          return read.columns;
        },
      },
      columnsPerPage,
    );
    return { entry: readable.entry, version, rows, columns };
  });
}

async function glance(
  scope: Scope,
  dataset: string,
  columns: readonly Usable[],
  distinct: ReadonlyMap<number, number>,
): Promise<{ readonly rows: number; readonly columns: readonly GlancedColumn[] }> {
  const numbers = columns.map(({ number }) => number);
  const { relation } = await scope.relation({ dataset, action: "read", under: "own", columns: numbers });
  const [ranges = []] = (await scope.query(rangesStatement(columns, relation), { maxRows: 1 })).rows;
  const drawn = columns.map((column, at) =>
    drawingOf(column, distinct.get(column.number) ?? 0, ranges[2 + 3 * at] ?? null, ranges[3 + 3 * at] ?? null),
  );
  const pictures = drawn.filter((one) => one !== null);
  const found =
    pictures.length === 0 ? [] : (await scope.query(picturesStatement(pictures, relation), { maxRows: mostGroups })).rows;
  const groups = Map.groupBy(found, ([number]) => Number(number));
  const glanced = columns.map(async (column, at): Promise<GlancedColumn> => {
    const own = (groups.get(column.number) ?? []).map(([, key, n]) => ({ key: String(key), n: Number(n) }));
    return {
      column,
      filled: Number(ranges[1 + 3 * at] ?? 0),
      distinct: distinct.get(column.number) ?? 0,
      drawn: drawn[at] ?? null,
      groups: own,
      areas: await areasOf(scope, column, own),
    };
  });
  return { rows: Number(ranges[0] ?? 0), columns: await Promise.all(glanced) };
}

async function areasOf(scope: Scope, { type }: Usable, groups: GlancedColumn["groups"]): Promise<FoundAreas | null> {
  if (type !== "geo.gss_code" || groups.length < 2 || groups.length >= mostAreas) return null;
  return (
    (await findAreasFor(
      scope.records,
      groups.map(({ key }) => key),
    )) ?? null
  );
}

/** How a column is drawn, by what it is and how far its values reach; nothing where a picture would say nothing. */
function drawingOf(column: Usable, distinct: number, least: Cell, most: Cell): Drawn | null {
  if (column.type.startsWith("geo.") && column.type !== "geo.gss_code") return null;
  if (!hasRange(column)) return column.group !== null || distinct <= mostListed ? { as: "values", column } : null;
  if (least === null || most === null) return null;
  if (column.storage === "DATE" || column.type === "time.instant") {
    const days = (Date.parse(`${most}`) - Date.parse(`${least}`)) / dayMs;
    return { as: "time", column, unit: days <= 92 ? "day" : days <= 3 * 366 ? "month" : "year" };
  }
  const [low, high] = [Number(least), Number(most)];
  if (distinct <= fewNumbers || low === high || !Number.isFinite(high - low)) return { as: "values", column };
  return { as: "spread", column, ...binsOf(low, high) };
}

/** Touching bins of one width, 1, 2 or 5 times a power of ten, that hold all values: at most 21 of them. */
export function binsOf(low: number, high: number): { readonly from: number; readonly step: number; readonly bins: number } {
  const rough = (high - low) / mostBins;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (([1, 2, 5, 10] as const).find((times) => times * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.floor(low / step);
  return { from: first * step, step, bins: Math.max(1, Math.floor(high / step) - first + 1) };
}
