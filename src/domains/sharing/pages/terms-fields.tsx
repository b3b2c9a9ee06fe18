import type { PageRequest } from "../../../access/index.ts";
import type { GuildhallError } from "../../../kernel/errors.ts";
import { Input, Textarea } from "../../../kit/index.ts";
import type { Proposal } from "../agreements.ts";

type Form = PageRequest["form"];

/** What an agreement says, as a form gives it. */
export function termsFrom(form: Form): Omit<Proposal, "partner"> {
  const text = (name: string, most: number) => (form[name] ?? "").trim().slice(0, most);
  return {
    title: text("title", 200) || "Untitled agreement",
    objective: text("objective", 5000),
    lawfulBasis: text("lawfulBasis", 1000),
    dpia: text("dpia", 200),
    telling: text("telling", 1000),
    startsOn: form["startsOn"] ?? "",
    endsOn: form["endsOn"] ?? "",
    minCell: Number(form["minCell"] ?? 10),
  };
}

/** The fields of a form for it, but for the partner. */
export function TermsFields({ form, error }: { form: Form; error: GuildhallError | undefined }) {
  return (
    <>
      <Textarea name="objective" label="What is it for, and why would less data not do?" value={form["objective"]} rows={3} />
      <Input
        name="lawfulBasis"
        label="Lawful basis and power"
        hint="Such as “Public task; Care Act 2014 sections 6 and 7”."
        value={form["lawfulBasis"]}
      />
      <Input name="dpia" label="Impact assessment" hint="The reference of the approved one." value={form["dpia"]} />
      <Input name="telling" label="How people are told" hint="When and where, or why they are not." value={form["telling"]} />
      <Input
        name="startsOn"
        label="Begins on"
        type="date"
        value={form["startsOn"]}
        classes="govuk-input--width-10"
        error={error?.fields["startsOn"]}
      />
      <Input
        name="endsOn"
        label="Ends on"
        hint="At most three years on."
        type="date"
        value={form["endsOn"]}
        classes="govuk-input--width-10"
        error={error?.fields["endsOn"]}
      />
      <Input
        name="minCell"
        label="Hide counts below"
        hint="For totals about people; never below 5."
        inputmode="numeric"
        value={form["minCell"] ?? "10"}
        classes="govuk-input--width-3"
      />
    </>
  );
}
