import type { Attributes, Content } from "./common.ts";
import { classNames, idList } from "./common.ts";
import { ErrorMessage } from "./error-message.tsx";
import { Fieldset } from "./fieldset.tsx";
import { Hint } from "./hint.tsx";
import { Input } from "./input.tsx";

const parts = ["day", "month", "year"] as const;
export type DatePart = (typeof parts)[number];

export interface DateInputProps {
  id: string;
  /** Given, the boxes are called `prefix-day`, `prefix-month`, `prefix-year`. */
  namePrefix?: string | undefined;
  legend?: Content;
  legendClasses?: string | undefined;
  legendIsHeading?: boolean | undefined;
  describedBy?: string | undefined;
  hint?: Content;
  error?: Content;
  /** Which boxes are wrong; all of them when an error names none. */
  wrong?: readonly DatePart[] | undefined;
  values?: Readonly<Partial<Record<DatePart, string>>> | undefined;
  labels?: Readonly<Partial<Record<DatePart, string>>> | undefined;
  /** Birth dates: asks the browser to fill in. */
  birthday?: boolean | undefined;
  classes?: string | undefined;
  groupClasses?: string | undefined;
  attributes?: Attributes | undefined;
}

const words = { day: "Day", month: "Month", year: "Year" } as const;

export function DateInput(props: DateInputProps) {
  const describedBy = idList(
    props.describedBy,
    Boolean(props.hint) && `${props.id}-hint`,
    Boolean(props.error) && `${props.id}-error`,
  );
  const wrong = props.wrong ?? (props.error ? parts : []);
  const inner = (
    <>
      {props.hint ? <Hint id={`${props.id}-hint`}>{props.hint}</Hint> : null}
      {props.error ? <ErrorMessage id={`${props.id}-error`}>{props.error}</ErrorMessage> : null}
      <div class={classNames("govuk-date-input", props.classes)} id={props.id} {...props.attributes}>
        {parts.map((part) => (
          <div class="govuk-date-input__item">
            <Input
              id={`${props.id}-${part}`}
              name={props.namePrefix ? `${props.namePrefix}-${part}` : part}
              label={props.labels?.[part] ?? words[part]}
              labelClasses="govuk-date-input__label"
              classes={classNames(
                "govuk-date-input__input",
                wrong.includes(part) && "govuk-input--error",
                part === "year" ? "govuk-input--width-4" : "govuk-input--width-2",
              )}
              value={props.values?.[part]}
              inputmode="numeric"
              autocomplete={props.birthday ? `bday-${part}` : undefined}
            />
          </div>
        ))}
      </div>
    </>
  );
  return (
    <div class={classNames("govuk-form-group", Boolean(props.error) && "govuk-form-group--error", props.groupClasses)}>
      {props.legend === undefined ? (
        inner
      ) : (
        <Fieldset
          legend={props.legend}
          legendClasses={props.legendClasses}
          legendIsHeading={props.legendIsHeading}
          describedBy={describedBy}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- JAWS reads the description only with the role
          role="group"
        >
          {inner}
        </Fieldset>
      )}
    </div>
  );
}
