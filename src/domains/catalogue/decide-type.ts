import type { House, Session } from "../../access/index.ts";
import type { Job } from "../../store/index.ts";
import { semanticTypes } from "../../vocabulary/index.ts";
import { catalogueActions } from "./actions.ts";
import { recordType } from "./describe-version.ts";
import { catalogueError } from "./errors.ts";
import { findOwnEntry, listFields } from "./store.ts";

/**
 * A steward says what a column is. The typed layer is built again; the version stays. Gives the
 * job that does it. Fails with `catalogue.no-…`.
 */
export async function decideType(session: Session, datasetId: string, number: number, type: string, house: House): Promise<Job> {
  const entry = await findOwnEntry(house.store, session, datasetId);
  if (!entry) throw catalogueError("no-dataset", {});
  return session.perform(
    catalogueActions.decideType,
    { kind: "dataset", id: datasetId, organisation: entry.organisation },
    async (scope) => {
      if (!semanticTypes.has(type)) throw catalogueError("no-type", { type }, { type: "Choose a type from the list." });
      const fields = await listFields(scope.records, datasetId);
      if (!fields.some((field) => field.number === number && field.recipe === null)) throw catalogueError("no-column", {});
      await scope.transaction((records) => recordType(records, datasetId, number, type));
      return house.jobs.queue(session, {
        kind: "sources.type",
        input: { dataset: datasetId },
        organisation: entry.organisation,
      });
    },
  );
}
