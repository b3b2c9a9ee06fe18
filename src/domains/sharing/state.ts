import { createHash } from "node:crypto";
import { civilDate } from "../../kernel/clock.ts";
import type { Agreement, AgreementState, Terms } from "./model.ts";

/** What is signed: any change of the terms changes it, and signatures on another hash count for nothing. */
export function hashTerms(terms: Terms): string {
  const { title, objective, lawfulBasis, dpia, telling, startsOn, endsOn, minCell } = terms;
  const parties = [...terms.parties].sort();
  const items = terms.items
    .map(
      ({ dataset, use, columns, rows = [] }) =>
        [
          dataset,
          use,
          columns.map(({ number, mask }) => [number, mask] as const).toSorted((left, right) => left[0] - right[0]),
          // only where there are any: what was signed before there were conditions keeps its hash
          ...(rows.length === 0 ? [] : [rows.map(({ number, kind, values }) => [number, kind, values] as const)]),
        ] as const,
    )
    .toSorted((left, right) => `${left[0]} ${left[1]}`.localeCompare(`${right[0]} ${right[1]}`));
  return createHash("sha256")
    .update(JSON.stringify([title, objective, lawfulBasis, dpia, telling, startsOn, endsOn, minCell, parties, items]))
    .digest("hex");
}

/** The parties that have signed the terms as they are now. */
export function signedBy(agreement: Agreement): readonly string[] {
  const hash = hashTerms(agreement.terms);
  return agreement.signatures.filter((signature) => signature.termsHash === hash).map((signature) => signature.organisation);
}

/**
 * The state of an agreement at an instant. It is live when every party has signed these terms, its dates hold in
 * Europe/London, and nobody has ended it.
 */
export function stateOf(agreement: Agreement, now: number): AgreementState {
  if (agreement.endedAt !== null) return "ended";
  const signed = signedBy(agreement);
  const today = civilDate(now);
  if (today >= agreement.terms.endsOn) return "expired";
  if (!agreement.terms.parties.every((party) => signed.includes(party)))
    return signed.length === 0 ? "draft" : "awaiting signature";
  return today < agreement.terms.startsOn ? "not begun" : "live";
}
