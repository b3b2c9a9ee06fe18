import type { House, Session } from "../../access/index.ts";
import { civilDate } from "../../kernel/clock.ts";
import { catalogueActions } from "./actions.ts";
import { getEntry, type EntryPage } from "./entries.ts";
import { catalogueError } from "./errors.ts";
import { changedBy, insertChanges } from "./history.ts";
import type { Attestation } from "./model.ts";
import { findEntry, type CatalogueTables } from "./store.ts";

/** What is attested to, as it stands now: what the owner reads, and what is kept. */
export function factsToAttest({ entry, class: highest, lent }: EntryPage): Omit<Attestation, "at" | "by"> {
  const { purpose, lawfulBasis, openness } = entry;
  const recipients = [...new Set(lent.map(({ agreement }) => agreement))].sort();
  return { class: highest ?? "open", purpose, lawfulBasis, openness, recipients };
}

/**
 * The owner attests that the entry is right as it stands; `read` is what they read, as `factsToAttest` gave it, in JSON.
 * Fails with `catalogue.not-registered` for a draft, an archived one and one whose review date is past, and with
 * `attested-meanwhile` where it is another one now.
 */
export async function attestEntry(session: Session, id: string, read: string, house: House): Promise<void> {
  const page = await getEntry(session, id, house);
  if (!page.own) throw catalogueError("no-dataset", {});
  const { datasetId, organisation } = page.entry;
  await session.perform(catalogueActions.attest, { kind: "dataset", id: datasetId, organisation }, (scope) =>
    scope.transaction(async (records) => {
      const entry = await findEntry(records, datasetId);
      if (!entry || !mayBeAttested({ entry }, house)) throw catalogueError("not-registered", {});
      const facts = factsToAttest({ ...page, entry });
      if (JSON.stringify(facts) !== read) throw catalogueError("attested-meanwhile", {});
      const { by, at } = changedBy(session, house);
      const attestation: Attestation = { ...facts, at, by };
      await records
        .as<CatalogueTables>()
        .updateTable("entry")
        .set({ attestation: JSON.stringify(attestation) })
        .where("dataset_id", "=", datasetId)
        .execute();
      const before = entry.attestation === null ? "" : "attested";
      await insertChanges(records, datasetId, [{ field: "attested", before, after: "attested" }], { by, at });
    }),
  );
}

/** Whether there is something to attest to: a registered entry whose review date is still to come. */
export function mayBeAttested({ entry }: Pick<EntryPage, "entry">, house: House): boolean {
  return entry.state === "registered" && (entry.reviewDate ?? "") >= civilDate(house.clock());
}
