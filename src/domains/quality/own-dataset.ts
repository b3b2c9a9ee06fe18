import type { Action, House, Session } from "../../access/index.ts";
import { findEntry, findEntryTitled, type Entry } from "../catalogue/index.ts";
import { qualityError } from "./errors.ts";

/**
 * A dataset of the session's organisation, by id or title; of any for the operator. Another's is as if there were none.
 * Who may not do `wanted` at all is told so before anything is looked up. Fails with `quality.no-dataset`.
 */
export async function ownDataset(session: Session, idOrTitle: string, wanted: Action, house: House): Promise<Entry> {
  if (!session.may(wanted, session.organisation)) await session.perform(wanted, null, async () => {});
  const organisation = session.kind === "operator" ? null : (session.organisation ?? "");
  const known = await findEntry(house.store, idOrTitle);
  const entry =
    known && (organisation === null || known.organisation === organisation)
      ? known
      : await findEntryTitled(house.store, idOrTitle, organisation);
  if (!entry) throw qualityError("no-dataset", { name: idOrTitle });
  return entry;
}
