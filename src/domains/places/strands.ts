import type { House, Strand } from "../../access/index.ts";
import { listFields, titlesOf } from "../catalogue/index.ts";
import { namesOf } from "./positions.ts";
import { findAreaSet, listAreaJoins, listLookUpsIn } from "./store.ts";

/** The areas and look-ups that columns of a dataset were worked out by, from which columns. */
export async function areaStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const made = (await listAreaJoins(house.store, dataset)).flatMap((join) =>
    join.number === null ? [] : [{ ...join, number: join.number }],
  );
  if (made.length === 0) return [];
  const fields = await listFields(house.store, dataset);
  const titles = await titlesOf(
    house.store,
    made.flatMap(({ by }) => (by.kind === "look-up" ? [by.dataset] : [])),
  );
  return Promise.all(
    made.map(async ({ by, from, number }) => {
      const set = by.kind === "set" ? await findAreaSet(house.store, by.set) : undefined;
      const title = by.kind === "set" ? (set?.title ?? "Areas that are not here any more") : (titles.get(by.dataset) ?? "");
      return {
        kind: by.kind === "set" ? "Areas" : "Look-up",
        title: `${title}, by ${namesOf(from, fields)}`,
        href: by.kind === "set" ? "/areas" : `/datasets/${by.dataset}`,
        columns: [number],
      };
    }),
  );
}

/** The datasets whose rows are placed by looking up in this one. */
export async function lookUpStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const joins = await listLookUpsIn(house.store, dataset);
  const titles = await titlesOf(
    house.store,
    joins.map(({ datasetId }) => datasetId),
  );
  return joins.map(({ datasetId, by }) => ({
    kind: "Look-up",
    title: titles.get(datasetId) ?? "",
    href: `/datasets/${datasetId}`,
    columns: by.kind === "look-up" ? [by.key, by.value] : null,
  }));
}
