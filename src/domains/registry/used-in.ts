import type { House, Strand } from "../../access/index.ts";
import { findEntry } from "../catalogue/index.ts";
import { listProjectRows } from "./store.ts";

/** The link projects of its own organisation that a dataset is part of; a partner's project is a record of the partner's. */
export async function projectStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const owner = (await findEntry(house.store, dataset))?.organisation;
  return (await listProjectRows(house.store))
    .filter(({ organisation, datasets }) => organisation === owner && datasets.includes(dataset))
    .map(({ id, title }) => ({ kind: "Link project", title, href: `/links/${id}`, columns: null }));
}
