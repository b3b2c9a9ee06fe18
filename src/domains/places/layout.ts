import type { House, LayoutFacts } from "../../access/index.ts";
import { listFields } from "../catalogue/index.ts";
import { namesOf } from "./positions.ts";
import { findAreaSet, listAreaJoins } from "./store.ts";

/** Why the rows of a dataset were not placed in areas; where they were, its columns say so. */
export async function layoutOf(datasetId: string, house: House): Promise<readonly LayoutFacts[]> {
  const joins = (await listAreaJoins(house.store, datasetId)).filter(({ version }) => version > 0);
  if (joins.length === 0) return [];
  const fields = await listFields(house.store, datasetId);
  const rows: { key: string; value: string }[] = [];
  for (const { by, from, number, found } of joins) {
    const set = by.kind === "set" ? await findAreaSet(house.store, by.set) : undefined;
    if (number === null && found[0] !== undefined && !/^[\d,]/.test(found[0]))
      rows.push({ key: set?.title ?? "Look-up", value: `Not placed by ${namesOf(from, fields)}. ${found[0]}.` });
  }
  return rows.length === 0 ? [] : [{ title: "Where its rows are", rows, checks: null }];
}
