import type { Records } from "../../store/index.ts";
import { catalogueError } from "./errors.ts";
import { clashesOf, entryFields, readField, textOf, type EntryChanges, type FieldKey } from "./entry-fields.ts";
import { insertChanges, type ChangedBy } from "./history.ts";
import type { Entry } from "./model.ts";
import { indexEntry } from "./search-index.ts";
import { findEntry, type CatalogueTables } from "./store.ts";

export interface CellChange {
  readonly field: FieldKey;
  readonly before: string;
  readonly after: string;
}

/** What would change in an entry by what somebody wrote, and what is wrong with it, by field. */
export function planChanges(
  entry: Entry,
  written: EntryChanges,
): { readonly changes: readonly CellChange[]; readonly problems: Readonly<Record<string, string>> } {
  const problems: Record<string, string> = {};
  const said = Object.fromEntries(entryFields.map(({ key }) => [key, textOf(entry, key)])) as Record<FieldKey, string>;
  for (const field of entryFields) {
    const text = written[field.key];
    if (text === undefined) continue;
    const read = readField(field, text);
    if ("problem" in read) problems[field.key] = read.problem;
    else said[field.key] = read.value;
  }
  const changes = entryFields.flatMap(({ key }) => {
    const before = textOf(entry, key);
    return key in problems || before === said[key] ? [] : [{ field: key, before, after: said[key] }];
  });
  return { changes, problems: changes.length === 0 ? problems : { ...clashesOf(said), ...problems } };
}

/**
 * Changes an entry: what is left out stays. Each field that is another one now goes into its history. With an owner and a
 * review date it is registered, without either a draft; an archived one stays archived. Fails with
 * `catalogue.not-described`, by field.
 */
export async function changeEntry(
  records: Records,
  datasetId: string,
  written: EntryChanges,
  by: ChangedBy,
): Promise<readonly CellChange[]> {
  const entry = await findEntry(records, datasetId);
  if (!entry) throw catalogueError("no-dataset", {});
  const { changes, problems } = planChanges(entry, written);
  if (Object.keys(problems).length > 0) throw catalogueError("not-described", {}, problems);
  if (changes.length === 0) return [];
  const after = new Map(changes.map((change) => [change.field, change.after]));
  const [owner, reviewDate] = [after.get("owner") ?? entry.owner, after.get("reviewDate") ?? entry.reviewDate];
  const described = owner ? (reviewDate ? "registered" : "draft") : "draft";
  const columns = Object.fromEntries(
    entryFields.flatMap(({ key, column, none }) => {
      const value = after.get(key);
      return value === undefined ? [] : [[column, value === "" ? none : value]];
    }),
  ) as Partial<CatalogueTables["entry"]>;
  await records
    .as<CatalogueTables>()
    .updateTable("entry")
    .set({ ...columns, state: entry.state === "archived" ? "archived" : described })
    .where("dataset_id", "=", datasetId)
    .execute();
  await insertChanges(records, datasetId, changes, by);
  await indexEntry(records, datasetId);
  return changes;
}
