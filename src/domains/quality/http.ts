import { z } from "zod";
import type { Route } from "../../access/index.ts";
import { isSmall, releaseShare, roundCount } from "../../disclosure/index.ts";
import { requestCheck } from "./check.ts";
import { getQuality, type Quality, type RuleState } from "./get-quality.ts";
import { pageIssues } from "./issues.ts";
import type { Dimension, Measured, Outcome } from "./model.ts";

const outcome = z.enum(["pass", "warn", "fail", "nothing"]) satisfies z.ZodType<Outcome>;
const dimension = z.enum([
  "completeness",
  "uniqueness",
  "consistency",
  "timeliness",
  "validity",
  "accuracy",
]) satisfies z.ZodType<Dimension>;

const score = z.object({
  /** How much was asked; null where it is too small to be told. */
  n: z.number().nullable(),
  /** The share that passes, from 0 to 1; null where nothing was asked or it would tell a small count. */
  share: z.number().nullable(),
});

const rule = score.extend({
  id: z.string(),
  dimension,
  title: z.string(),
  outcome,
  /** How old the newest date is in days, where counts are exact; else the outcome says whether the promise is kept. */
  days: z.number().nullable(),
  warn: z.number(),
  fail: z.number(),
  version: z.number().nullable(),
});

export const qualityShape = z.object({
  dataset: z.string(),
  title: z.string(),
  /** The version that was checked last, and when; null until it was. */
  version: z.number().nullable(),
  checkedAt: z.string().nullable(),
  /** Whether counts are exact; if not they are to the nearest 5, and small ones hidden. */
  exact: z.boolean(),
  /** The six, also those that nothing measures. There is no score over them. */
  dimensions: z.array(
    score.extend({
      dimension,
      rules: z.number(),
      outcome,
      months: z.array(score.extend({ month: z.string() })),
    }),
  ),
  rules: z.array(rule),
  /** For who may decide on them; none for others. */
  suggested: z.array(rule),
});

const issueState = z.enum(["open", "mended", "closed"]);
const issueShape = z.object({
  id: z.string(),
  title: z.string(),
  dataset: z.string(),
  rule: z.string(),
  state: issueState,
  raisedAt: z.string(),
  since: z.string(),
  version: z.number(),
});

export const qualityRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/datasets/:id/quality",
    summary: "The quality of a dataset of your organisation: by dimension and month, and rule by rule.",
    params: z.object({ id: z.string() }),
    reply: qualityShape,
    handle: async ({ session, house, params }) => asQuality(await getQuality(session, params["id"] ?? "", house)),
  },
  {
    method: "POST",
    path: "/datasets/:id/quality/check",
    summary: "Has the newest version checked against its rules, and others suggested. Gives the id of the job.",
    params: z.object({ id: z.string() }),
    reply: z.object({ job: z.string() }),
    handle: async ({ session, house, params }) => ({ job: (await requestCheck(session, params["id"] ?? "", house)).id }),
  },
  {
    method: "GET",
    path: "/issues",
    summary: "Quality issues of your organisation, those that wait first; fifty a page.",
    query: z.object({ page: z.coerce.number().int().min(1).default(1) }),
    reply: z.object({ items: z.array(issueShape), total: z.number(), page: z.number() }),
    handle: async ({ session, query }) => {
      const { rows, total, page } = await pageIssues(session, Number(query["page"] ?? 1));
      const items = rows.map(({ id, title, datasetId, ruleId, state, raisedAt, since, version }) => ({
        id,
        title,
        dataset: datasetId,
        rule: ruleId,
        state,
        raisedAt: new Date(raisedAt).toISOString(),
        since: new Date(since).toISOString(),
        version,
      }));
      return { items, total, page };
    },
  },
];

export function asQuality(quality: Quality): z.infer<typeof qualityShape> {
  const { entry, look, exact, scores, accepted, suggested } = quality;
  const asRule = ({ rule: held, title, result, outcome: comes }: RuleState): z.infer<typeof rule> => ({
    id: held.id,
    dimension: held.dimension,
    title,
    outcome: comes,
    ...asScore(result ?? { n: 0, passed: 0 }, exact),
    days: exact ? (result?.days ?? null) : null,
    ...held.threshold,
    version: result?.version ?? null,
  });
  return {
    dataset: entry.datasetId,
    title: entry.title,
    version: look?.version ?? null,
    checkedAt: look?.at ? new Date(look.at).toISOString() : null,
    exact,
    dimensions: scores.map(({ months, ...found }) => ({
      dimension: found.dimension,
      rules: found.rules,
      outcome: found.outcome,
      ...asScore(found, exact),
      months: months.map((month) => ({ month: month.month, ...asScore(month, exact) })),
    })),
    rules: accepted.map(asRule),
    suggested: suggested.map(asRule),
  };
}

/** As the pages tell it: of people, to others, nothing that would give away a small count on either side. */
function asScore({ n, passed }: Pick<Measured, "n" | "passed">, exact: boolean): z.infer<typeof score> {
  if (exact) return { n, share: n === 0 ? null : passed / n };
  if (isSmall(n, {})) return { n: null, share: null };
  const told = isSmall(passed, {}) || isSmall(n - passed, {}) ? null : releaseShare(passed, n);
  return { n: roundCount(n), share: told === null ? null : told / 100 };
}
