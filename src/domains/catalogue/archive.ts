import type { House, Session } from "../../access/index.ts";
import { catalogueActions } from "./actions.ts";
import { catalogueError } from "./errors.ts";
import { changedBy, insertChanges } from "./history.ts";
import { findOwnEntry, type CatalogueTables } from "./store.ts";

/**
 * The owner puts a dataset into the archive, with a reason: others do not find it any more, and nobody is asked to
 * describe or review it. Its rows, versions and agreements stay. Taken out again it stands where its description puts it.
 */
export async function archiveEntry(
  session: Session,
  datasetId: string,
  { archived, reason }: { readonly archived: boolean; readonly reason: string },
  house: House,
): Promise<void> {
  const entry = await findOwnEntry(house.store, session, datasetId);
  if (!entry) throw catalogueError("no-dataset", {});
  await session.perform(catalogueActions.archive, { kind: "dataset", id: datasetId, organisation: entry.organisation }, (scope) =>
    scope.transaction(async (records) => {
      const said = reason.trim().slice(0, 500);
      if (said === "") throw catalogueError("archive-reason", {}, { reason: "Say why, in a sentence." });
      const described = entry.owner !== null && entry.reviewDate !== null ? "registered" : "draft";
      const state = archived ? "archived" : described;
      if (archived === (entry.state === "archived")) return;
      await records.as<CatalogueTables>().updateTable("entry").set({ state }).where("dataset_id", "=", datasetId).execute();
      const change = { field: "state", before: entry.state, after: state };
      await insertChanges(records, datasetId, [change], changedBy(session, house, said));
    }),
  );
}
