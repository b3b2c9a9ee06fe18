import type { House, Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import { findEntry, isKnownToOthers } from "../catalogue/index.ts";
import { sharingActions } from "./actions.ts";
import { sharingError } from "./errors.ts";
import { uses, type Use } from "./model.ts";
import type { SharingTables } from "./store.ts";

export type AccessRequest = SharingTables["access_request"];

export const requestLimits = { why: 1000, needs: 1000, reason: 1000 } as const;

/**
 * Asks the owner of another organisation's dataset for access. It opens nothing: it tells the owner who needs what, and an
 * agreement may follow. One request of an organisation waits for a dataset at a time. Fails with `sharing.no-dataset` for
 * one that is secret, a draft or not there, and with `own-dataset`, `no-why` and `asked-already`.
 */
export async function askForAccess(
  session: Session,
  dataset: string,
  { use, why, needs }: { readonly use: string; readonly why: string; readonly needs: string },
  house: House,
): Promise<string> {
  return session.perform(sharingActions.ask, { kind: "dataset", id: dataset, organisation: null }, (scope) =>
    scope.transaction(async (records) => {
      const entry = await findEntry(records, dataset);
      const [asker, askedBy] = [session.organisation, session.person?.id];
      if (!asker || !askedBy) throw sharingError("no-dataset", {});
      if (entry?.organisation === asker) throw sharingError("own-dataset", {});
      if (!entry || !isKnownToOthers(entry)) throw sharingError("no-dataset", {});
      if (why.trim() === "") throw sharingError("no-why", {}, { why: "Say what you would do with it." });
      if (!Object.hasOwn(uses, use)) throw sharingError("no-why", {}, { use: "Choose one." });
      const waiting = await requestsOf(records)
        .where("dataset_id", "=", dataset)
        .where("asker", "=", asker)
        .where("answer", "is", null)
        .executeTakeFirst();
      if (waiting) throw sharingError("asked-already", {});
      const now = house.clock();
      const id = newId("ask", now);
      await records
        .as<SharingTables>()
        .insertInto("access_request")
        .values({
          id,
          dataset_id: dataset,
          owner: entry.organisation,
          asker,
          asked_by: askedBy,
          asked_at: now,
          use: use as Use,
          why: why.trim().slice(0, requestLimits.why),
          needs: needs.trim().slice(0, requestLimits.needs),
          answer: null,
          answered_by: null,
          answered_at: null,
          reason: "",
        })
        .execute();
      return id;
    }),
  );
}

/** The owner says whether they would lend it, and why. To agree opens nothing either: an agreement that both sign does. */
export async function answerRequest(
  session: Session,
  id: string,
  { answer, reason }: { readonly answer: "agreed" | "declined"; readonly reason: string },
  house: House,
): Promise<void> {
  const request = await getRequest(session, id);
  const target = { kind: "access-request", id, organisation: request.owner };
  await session.perform(sharingActions.answer, target, (scope) =>
    scope.transaction(async (records) => {
      const said = reason.trim().slice(0, requestLimits.reason);
      if (answer === "declined" && said === "") throw sharingError("no-answer", {}, { reason: "Say why." });
      const changed = await records
        .as<SharingTables>()
        .updateTable("access_request")
        .set({ answer, reason: said, answered_by: session.person?.id ?? null, answered_at: house.clock() })
        .where("id", "=", id)
        .where("answer", "is", null)
        .executeTakeFirst();
      if (changed.numUpdatedRows === 0n) throw sharingError("answered-already", {});
    }),
  );
}

/** A request, for the organisation that asked and the one that was asked. */
export async function getRequest(session: Session, id: string): Promise<AccessRequest> {
  return session.perform(sharingActions.requests, { kind: "access-request", id, organisation: null }, async ({ records }) => {
    const request = await requestsOf(records).where("id", "=", id).executeTakeFirst();
    const own = session.organisation;
    if (!request || (request.owner !== own && request.asker !== own)) throw sharingError("no-request", {});
    return request;
  });
}

/** Requests to and from the session's organisation, those that wait first, then the newest. */
export async function pageRequests(session: Session, page: number): Promise<PageOf<AccessRequest>> {
  const own = session.organisation ?? "";
  return session.perform(sharingActions.requests, null, ({ records }) => {
    const concerned = records
      .as<SharingTables>()
      .selectFrom("access_request")
      .where((where) => where.or([where("owner", "=", own), where("asker", "=", own)]));
    return readPage(page, {
      count: async () =>
        (await concerned.select((select) => select.fn.countAll<number>().as("count")).executeTakeFirstOrThrow()).count,
      rows: ({ offset, limit }) =>
        concerned
          .selectAll()
          .orderBy((by) => by("answer", "is not", null))
          .orderBy("asked_at", "desc")
          .orderBy("id")
          .limit(limit)
          .offset(offset)
          .execute(),
    });
  });
}

/** Requests that wait for an answer of an organisation, the oldest first. */
export async function listWaitingRequests(records: Records, owner: string): Promise<readonly AccessRequest[]> {
  return requestsOf(records).where("owner", "=", owner).where("answer", "is", null).orderBy("asked_at").limit(50).execute();
}

/** Requests of one person that were answered since an instant. */
export async function listAnsweredRequests(records: Records, askedBy: string, since: number): Promise<readonly AccessRequest[]> {
  return requestsOf(records).where("asked_by", "=", askedBy).where("answered_at", ">", since).orderBy("answered_at").execute();
}

/** Every request, the oldest first. */
export async function listAllRequests(records: Records): Promise<readonly AccessRequest[]> {
  return requestsOf(records).orderBy("asked_at").execute();
}

function requestsOf(records: Records) {
  return records.as<SharingTables>().selectFrom("access_request").selectAll();
}
