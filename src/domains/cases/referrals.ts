import type { House, Session } from "../../access/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import { newId } from "../../kernel/ids.ts";
import { getType } from "../../vocabulary/index.ts";
import { casesActions } from "./actions.ts";
import { casesError } from "./errors.ts";
import { countReferralsOf, findReferral, insertReferral, listReferralsOf, type CasesTables, type Referral } from "./store.ts";

/** A worker writes their own referrals; more than this in a day is no day's work. */
const mostADay = 40;

export interface NewReferral {
  readonly givenName: string;
  readonly familyName: string;
  readonly dateOfBirth: string;
  readonly postcode: string;
  readonly reason: string;
}

/** The session's own referrals, open ones first, a page at a time. */
export async function pageReferrals(session: Session, page: number): Promise<PageOf<Referral>> {
  return session.perform(casesActions.list, null, ({ records }) =>
    readPage(page, {
      count: () => countReferralsOf(records, ownOf(session)),
      rows: (window) => listReferralsOf(records, ownOf(session), window),
    }),
  );
}

/** The session's own referrals that are open, the newest first. */
export async function listOpenReferrals(session: Session): Promise<readonly Referral[]> {
  return session.perform(casesActions.list, null, ({ records }) => listReferralsOf(records, { ...ownOf(session), open: true }));
}

export function ownOf(session: Session): { worker: string; organisation: string } {
  return { worker: session.person?.id ?? "", organisation: session.organisation ?? "" };
}

/** Records a referral for the session's own person. Fails with `cases.incomplete`. */
export async function openReferral(session: Session, input: NewReferral, house: House): Promise<string> {
  return session.perform(casesActions.open, null, (scope) =>
    scope.transaction(async (records) => {
      const fields: Record<string, string> = {};
      const dateOfBirth = getType("person.date_of_birth").parse(input.dateOfBirth);
      if (input.givenName.trim() === "") fields["givenName"] = "Write the first name.";
      if (input.familyName.trim() === "") fields["familyName"] = "Write the last name.";
      if (dateOfBirth === undefined) fields["dateOfBirth"] = "Write a real date, day first.";
      if (input.reason.trim() === "") fields["reason"] = "Say why the record is needed.";
      const postcode = input.postcode.trim() === "" ? "" : getType("postcode").parse(input.postcode);
      if (postcode === undefined) fields["postcode"] = "Write a whole postcode, or leave it empty.";
      const today = await countReferralsOf(records, { ...ownOf(session), openedAfter: house.clock() - 86_400_000 });
      if (today >= mostADay) throw casesError("too-many", { limit: mostADay });
      if (Object.keys(fields).length > 0 || dateOfBirth === undefined || postcode === undefined)
        throw casesError("incomplete", {}, fields);
      const now = house.clock();
      const id = newId("ref", now);
      await insertReferral(records, {
        id,
        organisation: session.organisation ?? "",
        worker: session.person?.id ?? "",
        givenName: input.givenName.trim().slice(0, 100),
        familyName: input.familyName.trim().slice(0, 100),
        dateOfBirth,
        postcode,
        reason: input.reason.trim().slice(0, 2000),
        subject: null,
        openedAt: now,
        closedAt: null,
      });
      return id;
    }),
  );
}

/** One of the session's own referrals. Fails with `cases.no-referral`. */
export async function getReferral(session: Session, id: string): Promise<Referral> {
  return session.perform(casesActions.show, { kind: "referral", id, organisation: null }, async (scope) => {
    const referral = await findReferral(scope.records, id);
    if (!referral || !isOwn(session, referral)) throw casesError("no-referral", {});
    return referral;
  });
}

/** Closes a referral: the need it stood for ends with it. */
export async function closeReferral(session: Session, id: string, house: House): Promise<void> {
  await session.perform(casesActions.close, { kind: "referral", id, organisation: null }, (scope) =>
    scope.transaction(async (records) => {
      const referral = await findReferral(records, id);
      if (!referral || !isOwn(session, referral)) throw casesError("no-referral", {});
      if (referral.closedAt !== null) throw casesError("closed", {});
      await records.as<CasesTables>().updateTable("referral").set({ closed_at: house.clock() }).where("id", "=", id).execute();
    }),
  );
}

/**
 * The referral that ties a person to a subject now: one of their own, open, and confirmed to be about that entity; or the
 * referral itself, named as `referral:<id>`, while its subject is still being found.
 */
export async function findNeed(
  session: Session,
  subject: string,
  house: House,
): Promise<{ kind: string; id: string } | undefined> {
  if (!session.person || session.organisation === null) return undefined;
  const open = await listReferralsOf(house.store, { ...ownOf(session), open: true });
  const referral = open.find(({ id, subject: confirmed }) => confirmed === subject || `referral:${id}` === subject);
  return referral && { kind: "referral", id: referral.id };
}

export function isOwn(session: Session, referral: Referral): boolean {
  return referral.worker === session.person?.id && referral.organisation === session.organisation;
}
