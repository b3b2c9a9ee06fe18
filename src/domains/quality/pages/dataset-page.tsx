import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Checkboxes,
  Chip,
  DataTable,
  Details,
  EmptyState,
  errorSummary,
  InsetText,
  Live,
  page,
  plural,
  PostForm,
  Sparkline,
  Textarea,
} from "../../../kit/index.ts";
import { qualityActions } from "../actions.ts";
import { requestCheck } from "../check.ts";
import { decideSuggestions } from "../decide-rules.ts";
import { getQuality, type Quality, type RuleState } from "../get-quality.ts";
import { dimensions } from "../model.ts";
import { dimensionWords, foundWords, monthText, outcomeWords, scoreWords } from "../words.ts";

export const datasetPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/quality",
    handle: async ({ session, house, params, csrf }) => page(await content(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/datasets/:id/quality/check",
    handle: async ({ session, house, params }) => {
      const id = params["id"] ?? "";
      await requestCheck(session, id, house);
      return { kind: "redirect", to: `/datasets/${id}/quality`, flash: "The newest version is being checked." };
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/quality/suggestions",
    handle: async ({ session, house, params, form, forms, csrf }) => {
      const id = params["id"] ?? "";
      const verdict = form["verdict"] === "decline" ? ("decline" as const) : ("accept" as const);
      const input = { rules: forms["rule"] ?? [], verdict, reason: form["reason"] ?? "" };
      try {
        const count = await decideSuggestions(session, id, input, house);
        const rules = plural(count, "rule");
        const flash = verdict === "accept" ? `You accepted ${rules}.` : `You declined ${rules}. They are not suggested again.`;
        return { kind: "redirect", to: `/datasets/${id}/quality`, flash };
      } catch (error) {
        if (!isMendable(error) || error.kind === "missing") throw error;
        return page(await content(session, id, house, csrf, { error, input }), 400);
      }
    },
  },
];

interface Refused {
  readonly error: GuildhallError;
  readonly input: { readonly rules: readonly string[]; readonly reason: string };
}

async function content(session: Session, id: string, house: House, csrf: string, refused?: Refused): Promise<PageContent> {
  const quality = await getQuality(session, id, house);
  const { entry, version, look, job } = quality;
  const path = `/datasets/${entry.datasetId}/quality`;
  const busy = job?.state === "queued" || job?.state === "running";
  const mayCheck = version !== null && !busy && session.may(qualityActions.check, entry.organisation);
  const checked = look?.at ? `Version ${look.version} was checked on ${formatInstant(look.at)}.` : "";
  const behind =
    look?.version && version && look.version < version.number ? ` Version ${version.number} was not checked yet.` : "";
  return {
    title: `Quality of “${entry.title}”`,
    lede: `By dimension, each from rules that a steward accepted. There is no single score. ${checked}${behind}`.trim(),
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    ...errorSummary(refused?.error, "rule"),
    wide: true,
    ...(busy ? { refreshSeconds: 3 } : {}),
    body: (
      <Live id="quality" href={busy ? path : undefined}>
        {busy ? (
          <InsetText>
            {job.state === "running" ? "The newest version is being checked." : "The check waits for its turn."} You can leave
            this page.
          </InsetText>
        ) : null}
        {job?.state === "failed" && job.error ? (
          <InsetText>
            <strong>The last check failed.</strong> {job.error.message} {job.error.remedy}
          </InsetText>
        ) : null}
        <Body quality={quality} csrf={csrf} path={path} refused={refused} />
        {mayCheck ? (
          <PostForm
            action={`${path}/check`}
            csrf={csrf}
            button={look ? "Check it now" : "Check the data and suggest rules"}
            secondary={look !== null}
          >
            <p class="govuk-body">
              The hub counts which rows of the newest version meet each rule, and looks for more rules. Later versions are then
              checked for you as they are loaded. Only counts leave the data.
            </p>
          </PostForm>
        ) : null}
      </Live>
    ),
  };
}

function Body({ quality, csrf, path, refused }: { quality: Quality; csrf: string; path: string; refused: Refused | undefined }) {
  if (quality.version === null)
    return <EmptyState title="Nothing is loaded yet">There is something to check once the first load has ended.</EmptyState>;
  if (quality.look === null)
    return (
      <EmptyState title="Nobody has had this dataset checked">
        {quality.mayDecide
          ? "The hub suggests rules from what the columns are, with what it counted for each. You accept those that matter."
          : "Ask the steward of the dataset to have it checked."}
      </EmptyState>
    );
  return (
    <>
      <Scores quality={quality} />
      {quality.accepted.length === 0 ? null : <RulesInForce quality={quality} path={path} />}
      {quality.suggested.length === 0 ? null : <Suggestions quality={quality} csrf={csrf} path={path} refused={refused} />}
      {quality.accepted.length === 0 ? <RulesInForce quality={quality} path={path} /> : null}
      {quality.declined.length === 0 ? null : <Declined states={quality.declined} />}
    </>
  );
}

function RulesInForce({ quality, path }: { quality: Quality; path: string }) {
  return (
    <DataTable
      caption="Rules in force"
      count={quality.accepted.length === 0 ? undefined : plural(quality.accepted.length, "rule")}
      rows={quality.accepted}
      empty={
        <EmptyState title="No rule is in force yet">
          {quality.mayDecide
            ? "Accept suggestions, and the dimensions get their scores."
            : "The steward of the dataset has accepted none."}
        </EmptyState>
      }
      columns={[
        {
          key: "rule",
          title: "Rule",
          names: true,
          cell: (state) =>
            quality.mayDecide ? (
              <a class="govuk-link" href={`${path}/rules/${state.rule.id}`}>
                {state.title}
              </a>
            ) : (
              state.title
            ),
        },
        { key: "dimension", title: "Dimension", cell: ({ rule }) => dimensions[rule.dimension] },
        { key: "outcome", title: "Outcome", cell: ({ outcome }) => <Chip {...outcomeWords[outcome]} /> },
        { key: "found", title: "What was counted", cell: (state) => found(state, quality.exact) },
        { key: "version", title: "Version", align: "right", cell: ({ result }) => result?.version ?? "–" },
      ]}
    />
  );
}

function Scores({ quality }: { quality: Quality }) {
  return (
    <DataTable
      caption="By dimension"
      rows={quality.scores}
      empty="There are none."
      columns={[
        {
          key: "dimension",
          title: "Dimension",
          names: true,
          cell: ({ dimension }) => (
            <>
              {dimensions[dimension]}
              <div class="govuk-hint">{dimensionWords[dimension]}</div>
            </>
          ),
        },
        {
          key: "outcome",
          title: "Outcome",
          cell: ({ outcome }) => <Chip {...outcomeWords[outcome]} />,
        },
        { key: "share", title: "Passes", align: "right", cell: (score) => scoreWords(score, quality.exact).share },
        {
          key: "n",
          title: "Of",
          align: "right",
          cell: (score) => (score.rules === 0 ? "–" : scoreWords(score, quality.exact).of.replace(/^of /, "")),
        },
        { key: "rules", title: "Rules", align: "right", cell: ({ rules }) => rules },
        { key: "trend", title: "By month", cell: ({ months }) => <Trend months={months} exact={quality.exact} /> },
      ]}
    />
  );
}

function Trend({ months, exact }: { months: Quality["scores"][number]["months"]; exact: boolean }) {
  if (months.length < 2) return <>{months.length === 0 ? "–" : "From one month"}</>;
  const said = months.map((month) => `${monthText(month.month)} ${scoreWords(month, exact).share}`);
  const points = months.map((month) => {
    const share = Number.parseFloat(scoreWords(month, exact).share);
    return Number.isNaN(share) ? null : share;
  });
  return (
    <>
      <Sparkline points={points} label={said.join(", ")} />
      <div class="govuk-hint">{`${said[0]} to ${said.at(-1)}`}</div>
    </>
  );
}

function Suggestions({
  quality,
  csrf,
  path,
  refused,
}: {
  quality: Quality;
  csrf: string;
  path: string;
  refused: Refused | undefined;
}) {
  const groups = Map.groupBy(quality.suggested, ({ rule }) => rule.dimension);
  const error = refused?.error;
  return (
    <>
      <h2 class="govuk-heading-m" id="rule">{`${plural(quality.suggested.length, "suggestion")} from what the data holds`}</h2>
      <p class="govuk-body">
        What is ticked holds, or nearly does. What is not ticked fails on many rows: accept it where that is a fault, and it
        counts until it is mended.
      </p>
      <PostForm
        action={`${path}/suggestions`}
        csrf={csrf}
        button="Accept the ticked rules"
        name="verdict"
        value="accept"
        beside={
          <Button secondary name="verdict" value="decline">
            Decline the ticked rules
          </Button>
        }
      >
        {[...groups].map(([dimension, states], at) => (
          <Checkboxes
            name="rule"
            idPrefix={`rule-${dimension}`}
            legend={dimensions[dimension]}
            legendClasses="govuk-fieldset__legend--s"
            classes="govuk-checkboxes--small"
            error={at === 0 ? error?.fields["rule"] : undefined}
            items={states.map((state) => ({
              value: state.rule.id,
              text: state.title,
              hint: found(state, true),
              checked: refused ? refused.input.rules.includes(state.rule.id) : holds(state),
            }))}
          />
        ))}
        <Textarea
          name="reason"
          label="Why, if you decline them"
          hint="Such as “The middle name is optional”. It is kept with the rule."
          rows={2}
          value={refused?.input.reason}
          error={error?.fields["reason"]}
        />
      </PostForm>
    </>
  );
}

function Declined({ states }: { states: readonly RuleState[] }) {
  return (
    <Details
      summary={plural(
        states.length,
        "rule that was declined or is not in force any more",
        "rules that were declined or are not in force any more",
      )}
    >
      <ul class="govuk-list">
        {states.map(({ title, rule }) => (
          <li>
            {title}
            <div class="govuk-hint">{rule.reason}</div>
          </li>
        ))}
      </ul>
    </Details>
  );
}

function found({ rule, result }: RuleState, exact: boolean): string {
  return result ? foundWords(rule.test, result, exact) : "Not checked yet";
}

function holds({ result }: RuleState): boolean {
  return result !== null && result.n > 0 && result.passed / result.n >= 0.95;
}
