import type { PageContent, Session } from "../../../access/index.ts";
import type { GuildhallError } from "../../../kernel/errors.ts";
import { Button, Details, errorSummary, Input, Radios, Select } from "../../../kit/index.ts";
import { inSentence, type GroupForm, type Usable } from "../columns.ts";
import { exampleGroup, type Askable } from "../datasets.ts";
import { insightError } from "../errors.ts";
import { dateParts, type DatePart } from "../model.ts";
import { Condition, Conditions, ValueLists, type Address, type FieldsProps } from "./conditions.tsx";
import { PurposeNote, underOf } from "./datasets-page.tsx";

/** The form of a question. What it asks is its address, so that a half-made question can be sent to a colleague too. */
export function builderContent(ways: readonly Askable[], asked: Address, session: Session, error?: GuildhallError): PageContent {
  const chosen = ways.find((way) => underOf(way) === asked["under"]) ?? ways[0];
  if (!chosen) throw insightError("no-dataset", {});
  // a new question is split as the example is; one that was asked already stays as it was
  const isNew = Object.keys(asked).every((name) => name === "dataset" || name === "under");
  const example = isNew ? exampleGroup(chosen.columns) : undefined;
  const address = example ? { ...asked, by: String(example.number) } : asked;
  const fields = error?.fields ?? {};
  return {
    title: `Ask “${chosen.entry.title}”`,
    lede: chosen.entry.description || "Say what to count or add up, and by what to split it.",
    crumbs: [{ text: "Questions", href: "/questions" }],
    ...errorSummary(error, "measure"),
    body: (
      <>
        <PurposeNote session={session} />
        <form class="gh-form gh-question" method="get" action="/questions/show" novalidate>
          <input type="hidden" name="dataset" value={chosen.entry.datasetId} />
          <Under ways={ways} chosen={chosen} />
          <MeasureFields people={chosen.people} columns={chosen.columns} address={address} errors={fields} />
          <GroupFields columns={chosen.columns} address={address} errors={fields} />
          <Conditions columns={chosen.columns} address={address} errors={fields} />
          {chosen.under === "own" ? (
            <Details summary="As it stood before" open={fields["on"] !== undefined || Boolean(address["on"])}>
              <Input
                name="on"
                label="As it stood on"
                hint="Answered from the newest version that had been loaded by the end of that day."
                type="date"
                value={address["on"]}
                error={fields["on"]}
              />
            </Details>
          ) : null}
          <Button preventDoubleClick>Answer the question</Button>
        </form>
        <LeftOut columns={chosen.columns} />
        <ValueLists columns={chosen.columns} />
      </>
    ),
  };
}

function Under({ ways, chosen }: { ways: readonly Askable[]; chosen: Askable }) {
  const [only, ...others] = ways;
  if (only && others.length === 0) {
    return only.under === "own" ? null : <input type="hidden" name="under" value={only.under.id} />;
  }
  return (
    <Radios
      name="under"
      legend="Under which agreement?"
      value={underOf(chosen)}
      items={ways.map((way) => ({
        value: underOf(way),
        text: way.under === "own" ? "Your organisation’s own data" : `“${way.under.title}”, with ${way.lentBy ?? "the lender"}`,
      }))}
    />
  );
}

function MeasureFields({ people, columns, address, errors }: FieldsProps & { people: boolean }) {
  const amounts = columns.filter(({ amount }) => amount).map(({ number, label }) => ({ value: String(number), text: label }));
  const choose = { value: "", text: "Choose a column" };
  const value = {
    value: "value",
    text: people ? "A total or an average" : "A total, an average, the lowest or the highest",
    conditional: (
      <>
        <Select
          name="how"
          label="Which?"
          value={address["how"] ?? "sum"}
          error={errors["how"]}
          items={[
            { value: "sum", text: "Total" },
            { value: "avg", text: "Average" },
            // of people these would be one person's
            ...(people
              ? []
              : [
                  { value: "min", text: "Lowest" },
                  { value: "max", text: "Highest" },
                ]),
          ]}
        />
        <Select name="of" label="Of which column?" value={address["of"]} error={errors["of"]} items={[choose, ...amounts]} />
      </>
    ),
  };
  const share = {
    value: "share",
    text: "The share of records that meet a condition",
    conditional: (
      <Condition columns={columns} address={address} errors={errors} names={["sc", "so", "sv"]} label="Share of records where" />
    ),
  };
  const ratio = {
    value: "ratio",
    text: "One column divided by another",
    conditional: (
      <>
        <Select
          name="over"
          label="Divide the total of"
          value={address["over"]}
          error={errors["over"]}
          items={[choose, ...amounts]}
        />
        <Select name="per" label="By the total of" value={address["per"]} error={errors["per"]} items={[choose, ...amounts]} />
      </>
    ),
  };
  return (
    <Radios
      name="measure"
      legend="What do you want to know?"
      legendClasses="govuk-fieldset__legend--m"
      value={address["measure"] ?? "count"}
      error={errors["measure"]}
      items={[
        { value: "count", text: "How many records" },
        ...(amounts.length > 0 ? [value] : []),
        share,
        ...(amounts.length > 1 ? [ratio] : []),
      ]}
    />
  );
}

const formWords: Readonly<Record<GroupForm, string>> = {
  plain: "",
  number: "",
  period: " (by year or month)",
  year: "",
  month: "",
  weekday: "",
  hour: "",
  ageBand: " (as age bands)",
  outcode: " (first half)",
  band: " (in bands of 1,000)",
};

const partWords: Readonly<Record<DatePart, string>> = {
  year: "by year",
  month: "by month",
  weekday: "by day of the week",
  hour: "by hour of the day",
};

function partsFor(type: string): readonly DatePart[] {
  return dateParts.filter((part) => part !== "hour" || type === "time.instant");
}

function GroupFields({ columns, address, errors }: FieldsProps) {
  const groups = columns.flatMap(({ number, label, group, type }) =>
    group === null
      ? []
      : [
          { value: String(number), text: `${label}${formWords[group]}` },
          ...(group === "period" ? partsFor(type) : []).map((part) => ({
            value: `${number}:${part}`,
            text: `${label}, ${partWords[part]}`,
          })),
        ],
  );
  return (
    <fieldset class="govuk-fieldset gh-question__part">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">How shall it be split?</legend>
      <div class="gh-question__row">
        <Select
          name="by"
          label="Split by"
          value={address["by"]}
          error={errors["by"]}
          items={[{ value: "", text: "Nothing: one figure" }, ...groups]}
        />
        <Select
          name="by2"
          label="And by"
          value={address["by2"]}
          error={errors["by2"]}
          items={[{ value: "", text: "Nothing more" }, ...groups]}
        />
      </div>
    </fieldset>
  );
}

/** Says why a column that somebody looks for is not in the lists. */
function LeftOut({ columns }: { columns: readonly Usable[] }) {
  const reasons = Map.groupBy(
    columns.filter(({ group }) => group === null),
    ({ why }) => why,
  );
  if (reasons.size === 0) return null;
  return (
    <Details summary="Is a column missing from “Split by”?">
      <ul class="govuk-list govuk-list--bullet">
        {[...reasons].map(([why, left]) => (
          <li>
            {namesOf(left)}: {why}.
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        If the hub took a column for something else, a data steward can say what it is on the dataset’s page.
      </p>
    </Details>
  );
}

const mostNames = 6;

function namesOf(columns: readonly Usable[]): string {
  const names = columns.slice(0, mostNames).map(({ label }, at) => (at === 0 ? label : inSentence(label)));
  return columns.length > mostNames ? `${names.join(", ")} and ${columns.length - mostNames} more` : names.join(", ");
}
