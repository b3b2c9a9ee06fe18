import type { House, Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { findEntry, titlesOf, type Entry } from "../catalogue/index.ts";
import { qualityActions } from "./actions.ts";
import { qualityError } from "./errors.ts";
import { getRule } from "./get-quality.ts";
import {
  countIssueRows,
  findIssue,
  findIssueOf,
  insertIssue,
  insertNote,
  listIssueRows,
  listNotes,
  moveIssue,
  type Issue,
  type IssueNote,
  type NoteKind,
} from "./issue-store.ts";
import { outcomeOf, type Measured, type QualityRule } from "./model.ts";
import { evidenceWords } from "./words.ts";

/**
 * A steward tells who answers for the source that a rule fails there. It is raised once for a rule: an issue that was
 * closed opens again. Fails with `quality.not-checked` where the rule passes by its thresholds, and `quality.personal-text`.
 */
export async function raiseIssue(session: Session, dataset: string, ruleId: string, text: string, house: House): Promise<Issue> {
  const { entry, rule, title, result, outcome } = await getRule(session, dataset, ruleId, house);
  const target = { kind: "quality-rule", id: rule.id, organisation: entry.organisation };
  return session.perform(qualityActions.raise, target, async (scope) => {
    if (rule.state !== "accepted") throw qualityError("no-rule", {});
    if (!result || outcome === "pass" || outcome === "nothing") throw qualityError("not-checked", {});
    const said = impersonal(text);
    const now = house.clock();
    const [by, version] = [session.person?.id ?? "", result.version];
    const found = `${evidenceWords(rule.test, result)}, in version ${version}. ${said}`.trim();
    return scope.transaction(async (records) => {
      const held = await findIssueOf(records, rule.id);
      if (held && held.state !== "closed") {
        await note(records, held.id, { kind: "comment", by, text: found }, now);
        return held;
      }
      if (held) {
        await moveIssue(records, held.id, { state: "open", since: now, version });
        await note(records, held.id, { kind: "reopened", by, text: found }, now);
        return { ...held, state: "open", since: now, version };
      }
      const issue: Issue = {
        id: newId("iss", now),
        organisation: entry.organisation,
        datasetId: entry.datasetId,
        ruleId: rule.id,
        title,
        state: "open",
        raisedBy: by,
        raisedAt: now,
        version,
        since: now,
      };
      await insertIssue(records, issue);
      await note(records, issue.id, { kind: "raised", by, text: found }, now);
      return issue;
    });
  });
}

/** Somebody comments on an issue, or says that it is mended at its source; the next version that is loaded will show. */
export async function answerIssue(
  session: Session,
  id: string,
  { verdict, text }: { readonly verdict: "comment" | "mended"; readonly text: string },
  house: House,
): Promise<void> {
  const issue = await ownIssue(session, id, house);
  const target = { kind: "quality-issue", id: issue.id, organisation: issue.organisation };
  await session.perform(qualityActions.answer, target, async (scope) => {
    const said = impersonal(text);
    if (said === "") throw qualityError("no-text", {}, { text: "Say what you found or did." });
    const now = house.clock();
    await scope.transaction(async (records) => {
      const held = await findIssue(records, issue.id);
      if (verdict === "mended" && held?.state === "closed") throw qualityError("issue-closed", {});
      if (verdict === "mended") await moveIssue(records, issue.id, { state: "mended", since: now });
      await note(records, issue.id, { kind: verdict, by: session.person?.id ?? null, text: said }, now);
    });
  });
}

/** An issue with the dataset it is about; null where that was removed. */
export interface IssueView {
  readonly issue: Issue;
  readonly title: string;
  readonly entry: Entry | null;
  readonly notes: readonly IssueNote[];
}

export async function getIssue(session: Session, id: string, house: House): Promise<IssueView> {
  const issue = await ownIssue(session, id, house);
  const target = { kind: "quality-issue", id: issue.id, organisation: issue.organisation };
  return session.perform(qualityActions.issues, target, async ({ records }) => {
    const entry = (await findEntry(records, issue.datasetId)) ?? null;
    return { issue, title: entry?.title ?? removed, entry, notes: await listNotes(records, issue.id) };
  });
}

const removed = "A dataset that was removed";

/** A page of the own organisation's: what waits for the source first, the longest. */
export async function pageIssues(session: Session, page: number): Promise<PageOf<Issue & { readonly dataset: string }>> {
  const organisation = session.organisation ?? "";
  return session.perform(qualityActions.issues, null, ({ records }) =>
    readPage(page, {
      count: () => countIssueRows(records, organisation),
      rows: async (window) => {
        const issues = await listIssueRows(records, organisation, { window });
        const titles = await titlesOf(
          records,
          issues.map(({ datasetId }) => datasetId),
        );
        return issues.map((issue) => ({ ...issue, dataset: titles.get(issue.datasetId) ?? removed }));
      },
    }),
  );
}

/** What a check of a version means for the issues of its rules: a newer one that passes closes them, one that fails opens them again. */
export async function followIssues(
  records: Records,
  checked: readonly { readonly rule: QualityRule; readonly count: Measured }[],
  version: number,
  at: number,
): Promise<void> {
  for (const { rule, count } of checked) {
    const issue = await findIssueOf(records, rule.id);
    if (!issue || version <= issue.version || count.n === 0) continue;
    const passes = outcomeOf(count, rule.threshold) === "pass";
    const found = `${evidenceWords(rule.test, count)}, in version ${version}.`;
    if (passes && issue.state === "closed") continue;
    const kind: NoteKind = passes ? "closed" : issue.state === "open" ? "still" : "reopened";
    const state = passes ? ("closed" as const) : ("open" as const);
    await moveIssue(records, issue.id, { state, since: kind === "still" ? issue.since : at, version });
    await note(records, issue.id, { kind, by: null, text: found }, at);
  }
}

async function note(
  records: Records,
  issueId: string,
  said: { readonly kind: NoteKind; readonly by: string | null; readonly text: string },
  at: number,
): Promise<void> {
  await insertNote(records, { id: newId("qnt", at), issueId, at, ...said });
}

async function ownIssue(session: Session, id: string, house: House): Promise<Issue> {
  if (!session.may(qualityActions.issues, session.organisation))
    await session.perform(qualityActions.issues, null, async () => {});
  const issue = await findIssue(house.store, id);
  if (!issue || issue.organisation !== session.organisation) throw qualityError("no-issue", {});
  return issue;
}

/** Numbers that name one person, wherever they stand: what can be told from a text for certain. */
const telling = ["nhs_number", "nino", "upn", "email"] as const;

/** A text for an issue, at most 1,000 characters; refused where it holds a number or an address that names somebody. */
function impersonal(text: string): string {
  const said = text.trim().slice(0, 1000);
  const words = said.split(/[\s,;:()“”"]+/).map((word) => word.replace(/[.!?]+$/, ""));
  const runs = words.flatMap((_, at) => [1, 2, 3, 5].map((length) => words.slice(at, at + length).join("")));
  const found = telling.find((type) => runs.some((run) => getType(type).parse(run) !== undefined));
  if (found === undefined) return said;
  const what = getType(found).label;
  throw qualityError("personal-text", { what }, { text: `Take out the ${what}.` });
}
