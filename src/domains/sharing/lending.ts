import type { House, Lending, Strand } from "../../access/index.ts";
import { findEntry, ownersOf } from "../catalogue/index.ts";
import { stateOf } from "./state.ts";
import { listAgreementsOf } from "./store.ts";

/** The datasets that live agreements of an organisation lend, to whom; of every agreement for null. */
export async function listLending(organisation: string | null, house: House): Promise<readonly Lending[]> {
  const lent = (await liveAgreements(organisation, house)).flatMap(({ id, terms }) =>
    [...new Set(terms.items.map(({ dataset }) => dataset))].map((dataset) => ({ dataset, agreement: id, terms })),
  );
  const ids = lent.map(({ dataset }) => dataset);
  const owners = await ownersOf(house.store, ids);
  return lent.map(({ dataset, agreement, terms }) => ({
    dataset,
    agreement,
    title: terms.title,
    to: terms.parties.filter((party) => party !== owners.get(dataset)),
  }));
}

/** The live agreements under which a dataset is lent, each use with its columns and those whose values choose the rows. */
export async function lendingStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const owner = (await findEntry(house.store, dataset))?.organisation;
  if (owner === undefined) return [];
  return (await liveAgreements(owner, house)).flatMap(({ id, terms }) =>
    terms.items
      .filter((item) => item.dataset === dataset)
      .map(({ use, columns, rows = [] }) => ({
        kind: "Agreement",
        title: `${terms.title}, for ${use}`,
        href: `/agreements/${id}`,
        columns: [...new Set([...columns, ...rows].map(({ number }) => number))],
      })),
  );
}

async function liveAgreements(organisation: string | null, house: House) {
  const now = house.clock();
  return (await listAgreementsOf(house.store, organisation)).filter((agreement) => stateOf(agreement, now) === "live");
}
