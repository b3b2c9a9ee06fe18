import { civilDate } from "../../kernel/clock.ts";
import { classOrder, type ColumnClass } from "../../vocabulary/index.ts";
import type { Attestation, Entry } from "./model.ts";

/** Where an entry stands: its state as it is kept, and what time and what happened since make of it. */
export type Life = "draft" | "registered" | "attested" | "overdue" | "archived";

/** What an owner attests to, as it stands now. */
export interface LivingFacts {
  readonly class: ColumnClass;
  /** Live agreements that lend it. */
  readonly recipients: readonly string[];
}

/** An owner attests yearly. */
export const attestedFor = 365 * 86_400_000;

/**
 * Not registered without owner and review date; attested until a year is over, the review date comes, or something that
 * was attested to is another thing: a more sensitive class, purpose, lawful basis, openness, or a new agreement. Then it
 * is to be attested again, and `reopened` says why.
 */
export function lifeOf(
  entry: Pick<Entry, "state" | "attestation" | "reviewDate" | "purpose" | "lawfulBasis" | "openness">,
  facts: LivingFacts,
  now: number,
): { readonly life: Life; readonly reopened: readonly string[] } {
  const { attestation, reviewDate } = entry;
  if (entry.state !== "registered") return { life: entry.state, reopened: [] };
  const reopened = attestation ? reasonsToReopen(entry, attestation, facts) : [];
  const due = reviewDate !== null && reviewDate < civilDate(now);
  const old = attestation !== null && now - attestation.at > attestedFor;
  if (due || old) return { life: "overdue", reopened };
  return { life: attestation && reopened.length === 0 ? "attested" : "registered", reopened };
}

function reasonsToReopen(
  entry: Pick<Entry, "purpose" | "lawfulBasis" | "openness">,
  attested: Attestation,
  facts: LivingFacts,
): readonly string[] {
  const rank = (of: ColumnClass) => classOrder.indexOf(of);
  const fresh = facts.recipients.filter((agreement) => !attested.recipients.includes(agreement)).length;
  return [
    ...(rank(facts.class) > rank(attested.class) ? ["A column is more sensitive than any was."] : []),
    ...(entry.purpose === attested.purpose ? [] : ["Its purpose was changed."]),
    ...(entry.lawfulBasis === attested.lawfulBasis ? [] : ["Its lawful basis was changed."]),
    ...(entry.openness === attested.openness ? [] : ["The decision on its openness was changed."]),
    ...(fresh === 0 ? [] : [fresh === 1 ? "A new agreement lends it." : `${fresh} new agreements lend it.`]),
  ];
}
