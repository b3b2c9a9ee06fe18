import type { House, Strand } from "../../access/index.ts";
import { findSourceOfDataset } from "./store.ts";

/** The source that a dataset is loaded from, and the layout that its table was recognised as. */
export async function sourceStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const source = await findSourceOfDataset(house.store, dataset);
  if (!source) return [];
  const at = source.url === null ? "" : `, from ${source.url}`;
  return [{ kind: "Source", title: `${source.name}${at}`, href: `/sources/${source.id}`, columns: null }];
}
