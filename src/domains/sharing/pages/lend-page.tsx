import type { Page, PageContent, PageRequest } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { Details, errorSummary, Input, page, PostForm, Select } from "../../../kit/index.ts";
import { getType, type Mask } from "../../../vocabulary/index.ts";
import { findEntry, listFields, type Field } from "../../catalogue/index.ts";
import { getAgreement, setItem, type NewItem } from "../agreements.ts";
import { sharingError } from "../errors.ts";
import { uses, type Item, type Use } from "../model.ts";
import { rowLimits } from "../row-conditions.ts";

type Form = PageRequest["form"];

const conditions = Array.from({ length: rowLimits.conditions }, (_, at) => at + 1);

export const lendPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements/:id/lend",
    handle: async (request) => page(await lendContent(request, request.query)),
  },
  {
    method: "POST",
    path: "/agreements/:id/lend",
    handle: async (request) => {
      const { session, params, form } = request;
      const id = params["id"] ?? "";
      const item = itemFrom(form);
      try {
        if (item.columns.length === 0 && form["remove"] !== "yes") throw sharingError("no-columns", {});
        await setItem(session, id, item);
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind !== "invalid") throw error;
        return page(await lendContent(request, form, error), 400);
      }
      const flash = item.columns.length === 0 ? "It is no longer lent." : "What is lent was saved.";
      return { kind: "redirect", to: `/agreements/${id}`, flash };
    },
  },
];

function itemFrom(form: Form): NewItem {
  const columns = Object.entries(form)
    .filter(([name, value]) => /^c\d+$/.test(name) && value !== "")
    .map(([name, value]) => ({ number: Number(name.slice(1)), mask: value as Mask }));
  const rows = conditions
    .filter((at) => (form[`r${at}`] ?? "") !== "" || (form[`v${at}`] ?? "").trim() !== "")
    .map((at) => ({ number: Number(form[`r${at}`]), values: (form[`v${at}`] ?? "").split("|") }));
  return { dataset: form["dataset"] ?? "", use: useOf(form), columns, rows: columns.length === 0 ? [] : rows };
}

function useOf(form: Form): Use {
  return form["use"] === "planning" || form["use"] === "matching" ? form["use"] : "care";
}

/** What a saved item looks like in the form. */
function formOf(item: Item): Form {
  return Object.fromEntries([
    ...item.columns.map(({ number, mask }) => [`c${number}`, mask] as const),
    ...(item.rows ?? []).flatMap(({ number, values }, at) => [
      [`r${at + 1}`, String(number)] as const,
      [`v${at + 1}`, values.join(" | ")] as const,
    ]),
  ]);
}

async function lendContent(request: PageRequest, asked: Form, error?: GuildhallError): Promise<PageContent> {
  const { session, house, params, csrf } = request;
  const id = params["id"] ?? "";
  const { agreement } = await getAgreement(session, id, house);
  const use = useOf(asked);
  const entry = await findEntry(house.store, asked["dataset"] ?? "");
  if (entry?.organisation !== session.organisation) throw sharingError("not-your-dataset", {});
  const fields = await listFields(house.store, entry.datasetId);
  const held = agreement.terms.items.find((item) => item.dataset === entry.datasetId && item.use === use);
  const form = error === undefined && held ? formOf(held) : asked;
  const which = (
    <>
      <input type="hidden" name="dataset" value={entry.datasetId} />
      <input type="hidden" name="use" value={use} />
    </>
  );
  return {
    title: `Lend “${entry.title}”`,
    lede: `${uses[use].label}. Columns and rows that are left out do not exist for the other party.`,
    crumbs: [
      { text: "Agreements", href: "/agreements" },
      { text: agreement.terms.title, href: `/agreements/${id}` },
    ],
    ...errorSummary(error, `c${fields[0]?.number ?? 1}`),
    body: (
      <>
        <PostForm
          action={`/agreements/${id}/lend`}
          csrf={csrf}
          button="Save what is lent"
          beside={
            <a class="govuk-link" href={`/agreements/${id}`}>
              Back to the agreement
            </a>
          }
        >
          {which}
          <Columns fields={fields} use={use} form={form} />
          <Rows fields={fields} form={form} error={error} />
        </PostForm>
        {held ? (
          <PostForm action={`/agreements/${id}/lend`} csrf={csrf} button="Do not lend it for this use" warning>
            {which}
            <input type="hidden" name="remove" value="yes" />
          </PostForm>
        ) : null}
      </>
    ),
  };
}

interface PartProps {
  fields: readonly Field[];
  form: Form;
}

function Columns({ fields, use, form }: PartProps & { use: Use }) {
  return (
    <fieldset class="govuk-fieldset gh-choices">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Which columns?</legend>
      {fields.map((field) => {
        const { mask, label } = getType(field.type);
        return (
          <Select
            name={`c${field.number}`}
            label={field.name}
            hint={`${label}, ${field.class}`}
            value={form[`c${field.number}`] ?? ""}
            items={[
              { value: "", text: "Left out" },
              { value: "clear", text: use === "matching" ? "Used for matching, never shown" : "Shown as it is" },
              ...(use !== "matching" && mask !== "clear" && mask !== "null" ? [{ value: mask, text: `Masked (${mask})` }] : []),
            ]}
          />
        );
      })}
    </fieldset>
  );
}

function Rows({ fields, form, error }: PartProps & { error: GuildhallError | undefined }) {
  const used = conditions.filter((at) => form[`r${at}`] || error?.fields[`v${at}`] || error?.fields[`r${at}`]);
  const [first = 1, ...more] = conditions;
  const row = (at: number, label: string) => (
    <div class="gh-question__row">
      <Select
        name={`r${at}`}
        label={label}
        value={form[`r${at}`]}
        error={error?.fields[`r${at}`]}
        items={[{ value: "", text: "Any" }, ...fields.map(({ number, name }) => ({ value: String(number), text: name }))]}
      />
      <Input
        name={`v${at}`}
        label="Is"
        value={form[`v${at}`]}
        error={error?.fields[`v${at}`]}
        classes="govuk-input--width-20"
        attributes={{ autocomplete: "off" }}
      />
    </div>
  );
  return (
    <fieldset class="govuk-fieldset gh-question__part">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Only some of the rows?</legend>
      <p class="govuk-hint">
        Leave it empty to lend all of them. For one of several values, write them with | between. The column need not be lent. A
        row in which it is empty is left out.
      </p>
      {row(first, "Only rows where")}
      <Details summary="More conditions" open={used.some((at) => at > 1)}>
        {more.map((at) => row(at, "And where"))}
      </Details>
    </fieldset>
  );
}
