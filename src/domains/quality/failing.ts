import type { House, Session } from "../../access/index.ts";
import { ident, join, sql } from "../../sql/index.ts";
import { describesPeople, findEntry, listFields, type Field } from "../catalogue/index.ts";
import { qualityActions } from "./actions.ts";
import { openRows } from "./check.ts";
import { qualityError } from "./errors.ts";
import { failingStatement, isCounted } from "./measure.ts";
import { columnsOf } from "./model.ts";
import { ownDataset } from "./own-dataset.ts";
import { findRule } from "./store.ts";

/** No more are shown: a steward mends the source by the first of them, and checks again. */
export const mostFailing = 50;

export interface FailingRows {
  /** The version that was looked through: the newest. */
  readonly version: number;
  /** The column that tells rows apart in the source; null where the dataset has none. */
  readonly key: string | null;
  /** The columns concerned; those of which not even a shape is shown say so. */
  readonly columns: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly rows: readonly { readonly record: number; readonly key: string | null; readonly cells: readonly (string | null)[] }[];
  /** Whether keys are pseudonyms and cells are shapes, because the dataset describes people. */
  readonly masked: boolean;
}

/**
 * The first rows of the newest version that fail a rule: by record number, key and the cells concerned. Two decisions stand
 * behind it. Under `check` the failing records are found, and only their numbers leave. Under `inspect` those records are
 * read under masks: of people the key is a pseudonym and each cell its shape. Fails with `quality.no-rule`, `quality.no-rows`.
 */
export async function listFailing(session: Session, dataset: string, id: string, house: House): Promise<FailingRows> {
  const entry = await ownDataset(session, dataset, qualityActions.inspect, house);
  const target = { kind: "quality-rule", id, organisation: entry.organisation };
  return session.perform(qualityActions.inspect, target, async (scope) => {
    const rule = await findRule(scope.records, entry.datasetId, id);
    if (!rule || rule.state !== "accepted") throw qualityError("no-rule", {});
    const { test } = rule;
    const version = await house.lake.findVersion(entry.datasetId);
    const fields = await listFields(scope.records, entry.datasetId);
    const there = (number: number) => version?.columns.some((column) => column.number === number) ?? false;
    if (!version || !isCounted(test) || !rule.columns.every(there)) throw qualityError("no-rows", {});
    const statement = failingStatement(test, await openRows(version, [test], fields, house, scope), mostFailing);
    if (!statement) throw qualityError("no-rows", {});
    const records = (await scope.query(statement)).rows.map(([record]) => Number(record));
    const masked = describesPeople((await findEntry(scope.records, entry.datasetId)) ?? entry, fields);
    const key = keyOf(fields.filter(({ number }) => there(number)));
    const shown = columnsOf(test);
    const numbers = [...new Set([...shown, ...(key ? [key.number] : [])])];
    const { relation, columns } = await scope.relation({
      dataset: entry.datasetId,
      action: "inspect",
      under: "own",
      columns: numbers,
      version: version.number,
      records,
    });
    const cells = [...(key ? [ident(`c${key.number}`)] : [sql`NULL`]), ...shown.map((number) => ident(`t${number}`))].map(
      (cell) => sql`CAST(${cell} AS VARCHAR)`,
    );
    const { rows } = await scope.query(sql`SELECT record_no, ${join(cells, ", ")} FROM ${relation} ORDER BY record_no`);
    return {
      version: version.number,
      key: key?.name ?? null,
      columns: shown.map((number) => {
        const column = columns.find((each) => each.number === number);
        return { name: column?.name ?? "", hidden: column?.mask === "null" };
      }),
      masked,
      rows: rows.map(([record, keyed, ...each]) => ({
        record: Number(record),
        key: keyed === null || keyed === undefined ? null : String(keyed),
        cells: each.map((cell) => (cell === null ? null : String(cell))),
      })),
    };
  });
}

const keyTypes: ReadonlySet<string> = new Set(["record_id", "case_ref", "account_ref", "employee_number", "uprn"]);

/** A reference that the source itself goes by, before a number that names a person everywhere; the one with most values. */
function keyOf(fields: readonly Field[]): Field | undefined {
  const own = fields.filter(({ type }) => keyTypes.has(type));
  const candidates = own.length > 0 ? own : fields.filter(({ mask }) => mask === "pseudonym");
  return candidates.toSorted((one, other) => other.distinct - one.distinct)[0];
}
