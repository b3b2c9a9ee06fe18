import type { House, Session } from "../../access/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import { newId } from "../../kernel/ids.ts";
import { maskOrder } from "../../vocabulary/index.ts";
import { findEntry, listFields } from "../catalogue/index.ts";
import { sharingActions } from "./actions.ts";
import { sharingError } from "./errors.ts";
import { uses, type Agreement, type AgreementState, type Item, type Terms } from "./model.ts";
import { parseConditions, type NewCondition } from "./row-conditions.ts";
import { hashTerms, signedBy, stateOf } from "./state.ts";
import {
  countAgreementsOf,
  findAgreement,
  listAgreementsOf,
  listNewestAgreementsOf,
  saveTerms,
  type SharingTables,
} from "./store.ts";

export interface AgreementView {
  readonly agreement: Agreement;
  readonly state: AgreementState;
  readonly termsHash: string;
}

export type Proposal = Omit<Terms, "items" | "parties"> & { readonly partner: string };

/** The agreements of the session's organisation, with their state now. */
export async function listAgreements(session: Session, house: House): Promise<readonly AgreementView[]> {
  return session.perform(sharingActions.list, null, async (scope) =>
    (await listAgreementsOf(scope.records, session.organisation)).map((agreement) => view(agreement, house)),
  );
}

/** The same, the newest first, a page at a time. */
export async function pageAgreements(session: Session, page: number, house: House): Promise<PageOf<AgreementView>> {
  const organisation = session.organisation ?? "";
  return session.perform(sharingActions.list, null, ({ records }) =>
    readPage(page, {
      count: () => countAgreementsOf(records, organisation),
      rows: async (window) =>
        (await listNewestAgreementsOf(records, organisation, window)).map((agreement) => view(agreement, house)),
    }),
  );
}

/** One agreement, for its parties. Fails with `sharing.no-agreement`. */
export async function getAgreement(session: Session, id: string, house: House): Promise<AgreementView> {
  return session.perform(sharingActions.list, { kind: "agreement", id, organisation: null }, async (scope) => {
    const agreement = await findAgreement(scope.records, id);
    if (!agreement || !isParty(session, agreement)) throw sharingError("no-agreement", {});
    return view(agreement, house);
  });
}

/** Drafts an agreement between the session's organisation and a partner. Fails with `sharing.no-end`, `bad-dates` or `one-party`. */
export async function proposeAgreement(session: Session, input: Proposal, house: House): Promise<string> {
  return session.perform(sharingActions.propose, null, (scope) =>
    scope.transaction(async (records) => {
      const { partner, ...rest } = input;
      const own = session.organisation ?? "";
      if (partner === "" || partner === own) throw sharingError("one-party", {}, { partner: "Choose the other organisation." });
      checkDates(rest);
      const terms: Terms = {
        ...rest,
        minCell: leastCount(rest.minCell),
        parties: [own, partner],
        items: [],
      };
      const now = house.clock();
      const id = newId("agr", now);
      await records
        .as<SharingTables>()
        .insertInto("agreement")
        .values({
          id,
          terms: JSON.stringify(terms),
          ended_at: null,
          ended_by: null,
          ended_reason: null,
          created_by: session.person?.id ?? "",
          created_at: now,
        })
        .execute();
      await saveTerms(records, id, terms);
      return id;
    }),
  );
}

export type NewItem = Omit<Item, "rows"> & { readonly rows?: readonly NewCondition[] };

/**
 * Lends columns of one of the own organisation's datasets for one use, of all rows or of those that meet the conditions; no
 * columns take the item away. Only before anyone has signed.
 */
export async function setItem(session: Session, id: string, input: NewItem): Promise<void> {
  await session.perform(sharingActions.propose, { kind: "agreement", id, organisation: null }, (scope) =>
    scope.transaction(async (records) => {
      const agreement = await findAgreement(records, id);
      if (!agreement || !isParty(session, agreement)) throw sharingError("no-agreement", {});
      if (signedBy(agreement).length > 0 || agreement.endedAt !== null) throw sharingError("not-draft", {});
      const entry = await findEntry(records, input.dataset);
      if (!entry || entry.organisation !== session.organisation) throw sharingError("not-your-dataset", {});
      if (!Object.hasOwn(uses, input.use)) throw sharingError("no-columns", {});
      const fields = await listFields(records, input.dataset);
      const known = new Set(fields.map(({ number }) => number));
      const { rows: given = [], ...rest } = input;
      const rows = parseConditions(given, fields);
      const item: Item = { ...rest, ...(rows.length === 0 ? {} : { rows }) };
      const wrong = item.columns.find(({ number, mask }) => !known.has(number) || !maskOrder.includes(mask));
      if (wrong) throw sharingError("no-such-column", { column: wrong.number });
      const others = agreement.terms.items.filter((held) => held.dataset !== item.dataset || held.use !== item.use);
      const items = item.columns.length === 0 ? others : [...others, item];
      await saveTerms(records, id, { ...agreement.terms, items });
    }),
  );
}

/** Changes what an agreement says, but for what is lent and between whom. Only before anyone has signed. */
export async function changeTerms(session: Session, id: string, input: Omit<Proposal, "partner">): Promise<void> {
  await session.perform(sharingActions.propose, { kind: "agreement", id, organisation: null }, (scope) =>
    scope.transaction(async (records) => {
      const agreement = await findAgreement(records, id);
      if (!agreement || !isParty(session, agreement)) throw sharingError("no-agreement", {});
      if (signedBy(agreement).length > 0 || agreement.endedAt !== null) throw sharingError("not-draft", {});
      checkDates(input);
      await saveTerms(records, id, { ...agreement.terms, ...input, minCell: leastCount(input.minCell) });
    }),
  );
}

/**
 * Signs the terms as they stand, for the session's organisation. `termsHash` is what the person read. Fails with
 * `sharing.same-person` when they signed for another party, and with `already-signed`, `terms-changed` or `incomplete`.
 */
export async function signAgreement(session: Session, id: string, termsHash: string, house: House): Promise<void> {
  await session.perform(sharingActions.sign, { kind: "agreement", id, organisation: null }, (scope) =>
    scope.transaction(async (records) => {
      const agreement = await findAgreement(records, id);
      if (!agreement || !isParty(session, agreement)) throw sharingError("no-agreement", {});
      if (agreement.endedAt !== null) throw sharingError("not-live", {});
      const current = hashTerms(agreement.terms);
      if (termsHash !== current) throw sharingError("terms-changed", {});
      const missing = missingFrom(agreement.terms);
      if (missing.length > 0) throw sharingError("incomplete", { missing: missing.join(", ") });
      const valid = agreement.signatures.filter((signature) => signature.termsHash === current);
      if (valid.some((signature) => signature.organisation === session.organisation)) throw sharingError("already-signed", {});
      if (agreement.signatures.some((signature) => signature.person === session.person?.id))
        throw sharingError("same-person", {});
      await records
        .as<SharingTables>()
        .insertInto("agreement_signature")
        .values({
          agreement_id: id,
          organisation_id: session.organisation ?? "",
          person_id: session.person?.id ?? "",
          signed_at: house.clock(),
          terms_hash: current,
        })
        .execute();
    }),
  );
}

/** Ends an agreement for every party: the next request under it is refused. Fails with `sharing.no-reason` or `not-live`. */
export async function endAgreement(session: Session, id: string, reason: string, house: House): Promise<void> {
  await session.perform(sharingActions.end, { kind: "agreement", id, organisation: null }, (scope) =>
    scope.transaction(async (records) => {
      const agreement = await findAgreement(records, id);
      if (!agreement || !isParty(session, agreement)) throw sharingError("no-agreement", {});
      if (agreement.endedAt !== null) throw sharingError("not-live", {});
      if (reason.trim() === "") throw sharingError("no-reason", {}, { reason: "Write one sentence." });
      await records
        .as<SharingTables>()
        .updateTable("agreement")
        .set({ ended_at: house.clock(), ended_by: session.person?.id ?? null, ended_reason: reason.trim().slice(0, 1000) })
        .where("id", "=", id)
        .execute();
    }),
  );
}

/** What an agreement still lacks before it may be signed, in words. */
export function missingFrom(terms: Terms): readonly string[] {
  const missing: string[] = [];
  if (terms.items.length === 0) missing.push("no dataset is lent");
  if (terms.objective.trim() === "") missing.push("the objective");
  if (terms.lawfulBasis.trim() === "") missing.push("the lawful basis");
  if (terms.dpia.trim() === "") missing.push("the impact assessment");
  if (terms.telling.trim() === "") missing.push("how people are told");
  return missing;
}

function view(agreement: Agreement, house: House): AgreementView {
  return { agreement, state: stateOf(agreement, house.clock()), termsHash: hashTerms(agreement.terms) };
}

function isParty(session: Session, agreement: Agreement): boolean {
  return session.kind === "operator" || (session.organisation !== null && agreement.terms.parties.includes(session.organisation));
}

function leastCount(wanted: number): number {
  return Math.max(5, Math.min(100, Math.trunc(wanted) || 10));
}

function checkDates({ startsOn, endsOn }: { startsOn: string; endsOn: string }): void {
  if (!isDate(endsOn)) throw sharingError("no-end", {}, { endsOn: "Give the day on which it ends." });
  if (!isDate(startsOn)) throw sharingError("bad-dates", {}, { startsOn: "Give the day on which it begins." });
  const years = (Date.parse(endsOn) - Date.parse(startsOn)) / (365.25 * 86_400_000);
  if (years <= 0 || years > 3.01) throw sharingError("bad-dates", {}, { endsOn: "After the start, at most three years on." });
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}
