import type { House, Session } from "../../access/index.ts";
import { qualityActions } from "./actions.ts";
import { qualityError } from "./errors.ts";
import type { QualityRule, Threshold } from "./model.ts";
import { ownDataset } from "./own-dataset.ts";
import { findRule, updateRule } from "./store.ts";

export interface Verdict {
  readonly rules: readonly string[];
  readonly verdict: "accept" | "decline";
  /** Why not; needed to decline. */
  readonly reason: string;
}

/** A steward takes suggestions on or turns them down; what is declined is not suggested again. Gives how many. */
export async function decideSuggestions(
  session: Session,
  dataset: string,
  { rules, verdict, reason }: Verdict,
  house: House,
): Promise<number> {
  const entry = await ownDataset(session, dataset, qualityActions.decide, house);
  const target = { kind: "dataset", id: entry.datasetId, organisation: entry.organisation };
  return session.perform(qualityActions.decide, target, async (scope) => {
    if (rules.length === 0) throw qualityError("none-chosen", {}, { rule: "Tick at least one." });
    const said = reason.trim().slice(0, 500);
    if (verdict === "decline" && said === "") throw qualityError("no-reason", {}, { reason: "Say why they do not fit." });
    const chosen: QualityRule[] = [];
    for (const id of new Set(rules)) {
      const rule = await findRule(scope.records, entry.datasetId, id);
      if (!rule) throw qualityError("no-rule", {});
      if (rule.state === "suggested") chosen.push(rule); // somebody else may have decided in the meantime
    }
    const decision = { decidedBy: session.person?.id ?? null, decidedAt: house.clock(), reason: said };
    await scope.transaction(async (records) => {
      for (const { id } of chosen)
        await updateRule(records, id, { ...decision, state: verdict === "accept" ? "accepted" : "declined" });
    });
    return chosen.length;
  });
}

export interface RuleChanges {
  /** In per cent, as they are written in the form. */
  readonly warn: string;
  readonly fail: string;
  /** For a rule of freshness. */
  readonly days?: string | undefined;
  /** Why the shares are what they are, if anybody wants to say. */
  readonly reason: string;
}

/** A steward says from which share on an accepted rule is to be looked at and fails, or how old a date may be. */
export async function changeRule(
  session: Session,
  dataset: string,
  id: string,
  changes: RuleChanges,
  house: House,
): Promise<void> {
  const { rule, perform } = await ownRule(session, dataset, id, house);
  await perform(async (scope) => {
    const reason = changes.reason.trim().slice(0, 500);
    const { test } = rule;
    const decision = { decidedBy: session.person?.id ?? null, decidedAt: house.clock(), reason };
    const change =
      test.kind === "fresh"
        ? { test: { ...test, days: daysIn(changes.days ?? "") } }
        : { threshold: thresholdIn(changes.warn, changes.fail) };
    await scope.transaction((records) => updateRule(records, id, { ...change, ...decision }));
  });
}

/** A steward takes an accepted rule out of force, and says why. It counts in no score any more and is not suggested again. */
export async function retireRule(session: Session, dataset: string, id: string, reason: string, house: House): Promise<void> {
  const { rule, perform } = await ownRule(session, dataset, id, house);
  await perform(async (scope) => {
    const said = reason.trim().slice(0, 500);
    if (said === "") throw qualityError("no-reason", {}, { reason: "Say why it does not fit." });
    const decision = { decidedBy: session.person?.id ?? null, decidedAt: house.clock(), reason: said };
    await scope.transaction((records) => updateRule(records, rule.id, { state: "retired", ...decision }));
  });
}

async function ownRule(session: Session, dataset: string, id: string, house: House) {
  const entry = await ownDataset(session, dataset, qualityActions.decide, house);
  const rule = await findRule(house.store, entry.datasetId, id);
  if (!rule || rule.state !== "accepted") throw qualityError("no-rule", {});
  const target = { kind: "quality-rule", id: rule.id, organisation: entry.organisation };
  return {
    rule,
    perform: <T>(work: Parameters<typeof session.perform<T>>[2]) => session.perform(qualityActions.decide, target, work),
  };
}

function thresholdIn(warn: string, fail: string): Threshold {
  const [above, below] = [warn, fail].map(shareIn);
  const [warnAt, failAt] = [above ?? Number.NaN, below ?? Number.NaN];
  const inRange = [warnAt, failAt].every((share) => share >= 0 && share <= 1);
  if (!inRange || failAt > warnAt) throw qualityError("bad-threshold", {}, { warn: "Give two shares that fit together." });
  return { warn: warnAt, fail: failAt };
}

function shareIn(text: string): number {
  const plain = text.replace("%", "").trim();
  return plain === "" ? Number.NaN : Number(plain) / 100;
}

function daysIn(text: string): number {
  const days = Number(text.trim());
  if (!Number.isInteger(days) || days < 1 || days > 3660)
    throw qualityError("bad-days", {}, { days: "Give a whole number of days." });
  return days;
}
