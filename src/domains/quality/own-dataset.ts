import type { Action, House, Session } from "../../access/index.ts";
import { findEntry, listOwnEntryRows, type Entry } from "../catalogue/index.ts";
import { qualityError } from "./errors.ts";

/**
 * A dataset of the session's organisation, by id or title; of any for the operator. Another's is as if there were none.
 * Who may not do `wanted` at all is told so before anything is looked up. Fails with `quality.no-dataset`.
 */
export async function ownDataset(session: Session, idOrTitle: string, wanted: Action, house: House): Promise<Entry> {
  if (!session.may(wanted, session.organisation)) await session.perform(wanted, null, async () => {});
  const known = await findEntry(house.store, idOrTitle);
  if (known && (session.kind === "operator" || known.organisation === session.organisation)) return known;
  const titled = (await listOwnEntryRows(house.store, session.organisation ?? "")).filter(({ title }) => title === idOrTitle);
  const [entry] = titled;
  if (!entry || titled.length > 1) throw qualityError("no-dataset", { name: idOrTitle });
  return entry;
}
