import type { House, Session } from "../../access/index.ts";
import { catalogueActions } from "./actions.ts";
import { catalogueError } from "./errors.ts";
import { changedBy, insertChanges } from "./history.ts";
import { personalFields } from "./policy.ts";
import { findOwnEntry, listFields, type CatalogueTables } from "./store.ts";

export interface PeopleDeclaration {
  readonly people: "yes" | "no";
  readonly reason: string;
}

/**
 * The owner says whether a dataset describes people. “No” opens exact figures and rows, so it needs a reason and is
 * refused while a column is of a personal type; “yes” may always be said.
 */
export async function declarePeople(
  session: Session,
  datasetId: string,
  { people, reason }: PeopleDeclaration,
  house: House,
): Promise<void> {
  const entry = await findOwnEntry(house.store, session, datasetId);
  if (!entry) throw catalogueError("no-dataset", {});
  const subject = { kind: "dataset", id: datasetId, organisation: entry.organisation };
  await session.perform(catalogueActions.declarePeople, subject, (scope) =>
    scope.transaction(async (records) => {
      const said = reason.trim().slice(0, 1000);
      if (people === "no") {
        if (said === "") throw catalogueError("people-reason", {}, { peopleReason: "Say why it describes no people." });
        const personal = personalFields(await listFields(records, datasetId));
        const columns = personal.map(({ name }) => `“${name}”`).join(", ");
        if (personal.length > 0)
          throw catalogueError("people-columns", { columns }, { people: `These columns are about people: ${columns}.` });
      }
      await records
        .as<CatalogueTables>()
        .updateTable("entry")
        .set({ people, people_reason: said })
        .where("dataset_id", "=", datasetId)
        .execute();
      const changes = entry.people === people ? [] : [{ field: "people", before: entry.people, after: people }];
      await insertChanges(records, datasetId, changes, changedBy(session, house, said));
    }),
  );
}
