import type { House, LayoutFacts } from "../../access/index.ts";
import { listFields } from "../catalogue/index.ts";
import { namesOf } from "./positions.ts";
import { findAreaSet, listAreaJoins } from "./store.ts";

/** Which areas the rows of a dataset were placed in, and why not in others. How many rows that are, its column says. */
export async function layoutOf(datasetId: string, house: House): Promise<readonly LayoutFacts[]> {
  const joins = (await listAreaJoins(house.store, datasetId)).filter(({ version }) => version > 0);
  if (joins.length === 0) return [];
  const fields = await listFields(house.store, datasetId);
  const rows: { key: string; value: string }[] = [];
  for (const { by, from, number, found } of joins) {
    const set = by.kind === "set" ? await findAreaSet(house.store, by.set) : undefined;
    const column = fields.find((field) => field.number === number);
    const key = set?.title ?? column?.name ?? "Look-up";
    if (column) rows.push({ key, value: `By ${namesOf(from, fields)}, in the column “${column.name}”` });
    else if (found[0] !== undefined && !/^[\d,]/.test(found[0])) rows.push({ key, value: `Not placed. ${found[0]}.` });
  }
  return rows.length === 0 ? [] : [{ title: "Where its rows are", rows, checks: null }];
}
