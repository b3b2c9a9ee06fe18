import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { Chip, DataTable, Details, errorSummary, Input, page, PostForm, SummaryList, Textarea } from "../../../kit/index.ts";
import { namesOf } from "../../people/index.ts";
import { changeRule, retireRule } from "../decide-rules.ts";
import { raiseIssue } from "../issues.ts";
import { getRule, type RuleView } from "../get-quality.ts";
import { dimensions, outcomeOf } from "../model.ts";
import { ImpersonalWarning } from "./issues-page.tsx";
import { evidenceWords, outcomeWords, shareText } from "../words.ts";

export const rulePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/quality/rules/:rule",
    handle: async ({ session, house, params, csrf }) =>
      page(await content(session, params["id"] ?? "", params["rule"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/datasets/:id/quality/rules/:rule",
    handle: async ({ session, house, params, form, csrf }) => {
      const [id, rule] = [params["id"] ?? "", params["rule"] ?? ""];
      const reason = form["reason"] ?? "";
      try {
        if (form["verdict"] === "retire") {
          await retireRule(session, id, rule, reason, house);
          return { kind: "redirect", to: `/datasets/${id}/quality`, flash: "The rule is not in force any more." };
        }
        const changes = { warn: form["warn"] ?? "", fail: form["fail"] ?? "", days: form["days"], reason };
        await changeRule(session, id, rule, changes, house);
      } catch (error) {
        if (!isMendable(error) || error.kind === "missing") throw error;
        return page(await content(session, id, rule, house, csrf, { error, form }), 400);
      }
      return { kind: "redirect", to: `/datasets/${id}/quality/rules/${rule}`, flash: "Your change was saved." };
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/quality/rules/:rule/issue",
    handle: async ({ session, house, params, form, csrf }) => {
      const [id, rule] = [params["id"] ?? "", params["rule"] ?? ""];
      try {
        const issue = await raiseIssue(session, id, rule, form["text"] ?? "", house);
        return { kind: "redirect", to: `/issues/${issue.id}`, flash: "The issue was raised to the owner of the source." };
      } catch (error) {
        if (!isMendable(error) || error.kind === "missing") throw error;
        return page(await content(session, id, rule, house, csrf, { error, form: { ...form, verdict: "raise" } }), 400);
      }
    },
  },
];

interface Refused {
  readonly error: GuildhallError;
  readonly form: Readonly<Record<string, string>>;
}

async function content(
  session: Session,
  id: string,
  ruleId: string,
  house: House,
  csrf: string,
  refused?: Refused,
): Promise<PageContent> {
  const view = await getRule(session, id, ruleId, house);
  const { entry, rule, outcome, result } = view;
  const path = `/datasets/${entry.datasetId}/quality`;
  const decider = rule.decidedBy === null ? undefined : (await namesOf(house.store, [rule.decidedBy])).get(rule.decidedBy);
  const single = !["fresh", "rows"].includes(rule.test.kind);
  const fails = result !== null && result.passed < result.n;
  return {
    title: view.title,
    lede: `A rule of ${dimensions[rule.dimension].toLowerCase()} for “${entry.title}”.`,
    state: rule.state === "accepted" ? outcomeWords[outcome] : { text: "Not in force", tone: "plain" },
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
      { text: "Quality", href: path },
    ],
    ...errorSummary(refused?.error, "warn"),
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: "Counted last",
              value: result ? `${evidenceWords(rule.test, result)}, in version ${result.version}` : "Not yet",
            },
            { key: "Passes from", value: rule.test.kind === "fresh" ? "The promise is kept" : shareText(rule.threshold.warn) },
            ...(rule.test.kind === "fresh" ? [] : [{ key: "Fails below", value: shareText(rule.threshold.fail) }]),
            {
              key: rule.state === "accepted" ? "Accepted or changed" : "Decided",
              value: `${decider ?? "Somebody"}, ${formatInstant(rule.decidedAt ?? rule.createdAt)}`,
            },
            ...(rule.reason === "" ? [] : [{ key: "Why", value: rule.reason }]),
          ]}
        />
        {rule.state === "accepted" && single && fails ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`${path}/rules/${rule.id}/rows`}>
              See which rows fail
            </a>
          </p>
        ) : null}
        <History view={view} />
        {rule.state === "accepted" && (outcome === "warn" || outcome === "fail") ? (
          <Raise view={view} csrf={csrf} path={path} refused={refused} />
        ) : null}
        {rule.state === "accepted" ? <Forms view={view} csrf={csrf} path={path} refused={refused} /> : null}
      </>
    ),
  };
}

function History({ view: { history, rule } }: { view: RuleView }) {
  return (
    <DataTable
      caption="Version by version"
      rows={history}
      empty="It was not checked yet."
      columns={[
        { key: "version", title: "Version", names: true, cell: ({ version }) => `Version ${version}` },
        { key: "loaded", title: "Loaded", cell: ({ loadedAt }) => formatInstant(loadedAt) },
        { key: "outcome", title: "Outcome", cell: (row) => <Chip {...outcomeWords[outcomeOf(row, rule.threshold)]} /> },
        { key: "found", title: "What was counted", cell: (row) => evidenceWords(rule.test, row) },
      ]}
    />
  );
}

function Raise({ view: { rule, entry }, csrf, path, refused }: FormsProps) {
  const refusedHere = refused?.form["verdict"] === "raise" ? refused : undefined;
  return (
    <Details summary="Raise an issue to the owner of the source" open={refusedHere !== undefined}>
      <PostForm action={`${path}/rules/${rule.id}/issue`} csrf={csrf} button="Raise the issue">
        <p class="govuk-body">
          {`It goes to ${entry.owner ?? "the owners of your organisation"}, with what was counted. It closes by itself when a newer version passes.`}
        </p>
        <Textarea
          name="text"
          label="What is to be mended, if the figures do not say it"
          rows={3}
          value={refusedHere?.form["text"]}
          error={refusedHere?.error.fields["text"]}
        />
        <ImpersonalWarning />
      </PostForm>
    </Details>
  );
}

interface FormsProps {
  readonly view: RuleView;
  readonly csrf: string;
  readonly path: string;
  readonly refused: Refused | undefined;
}

function Forms({ view: { rule }, csrf, path, refused }: FormsProps) {
  const raising = refused?.form["verdict"] === "raise";
  const { error, form } = raising ? {} : (refused ?? {});
  const retiring = form?.["verdict"] === "retire";
  const asPercent = (share: number) => String(Number((share * 100).toFixed(4)));
  const fields = retiring ? undefined : error?.fields;
  return (
    <>
      <Details summary="Change what is asked of it" open={error !== undefined && !retiring}>
        <PostForm action={`${path}/rules/${rule.id}`} csrf={csrf} button="Save the change" name="verdict" value="change">
          {rule.test.kind === "fresh" ? (
            <Input
              name="days"
              label="Days it may be old"
              value={form?.["days"] ?? String(rule.test.days)}
              error={fields?.["days"]}
            />
          ) : (
            <>
              <Input
                name="warn"
                label="It passes from this share on, in per cent"
                value={form?.["warn"] ?? asPercent(rule.threshold.warn)}
                error={fields?.["warn"]}
              />
              <Input
                name="fail"
                label="It fails below this share, in per cent"
                hint="Between the two it is to be looked at."
                value={form?.["fail"] ?? asPercent(rule.threshold.fail)}
              />
            </>
          )}
          <Textarea name="reason" label="Why, if you want to say" rows={2} value={retiring ? "" : form?.["reason"]} />
        </PostForm>
      </Details>
      <Details summary="Take it out of force" open={retiring}>
        <PostForm
          action={`${path}/rules/${rule.id}`}
          csrf={csrf}
          button="Take the rule out of force"
          warning
          name="verdict"
          value="retire"
        >
          <Textarea
            name="reason"
            id="retire-reason"
            label="Why it does not fit"
            hint="It counts in no score any more and is not suggested again. What was counted stays."
            rows={2}
            value={retiring ? form?.["reason"] : ""}
            error={retiring ? error?.fields["reason"] : undefined}
          />
        </PostForm>
      </Details>
    </>
  );
}
