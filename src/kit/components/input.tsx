import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";
import type { FieldProps } from "./field.tsx";
import { Field, fieldIds } from "./field.tsx";

export interface InputProps extends FieldProps {
  value?: string | undefined;
  type?: "text" | "email" | "tel" | "url" | "number" | "search" | "date" | "time" | "password" | undefined;
  inputmode?: "none" | "text" | "tel" | "url" | "email" | "numeric" | "decimal" | "search" | undefined;
  autocomplete?: string | undefined;
  autocapitalize?: "none" | "sentences" | "words" | "characters" | undefined;
  pattern?: string | undefined;
  spellcheck?: boolean | undefined;
  prefix?: Content;
  suffix?: Content;
  wrapperClasses?: string | undefined;
  /** Stands after the box, inside its frame. */
  after?: Content;
}

export function Input(props: InputProps) {
  const { id, describedBy } = fieldIds(props);
  const type: Attributes = { type: props.type ?? "text" }; // Preact's types want one literal per input
  const box = (
    <input
      class={classNames("govuk-input", props.classes, Boolean(props.error) && "govuk-input--error")}
      id={id}
      name={props.name}
      value={props.value}
      spellcheck={props.spellcheck}
      disabled={props.disabled}
      aria-describedby={describedBy}
      autocomplete={props.autocomplete}
      autocapitalize={props.autocapitalize}
      pattern={props.pattern}
      inputmode={props.inputmode}
      {...type}
      {...props.attributes}
    />
  );
  return (
    <Field field={props}>
      {props.prefix || props.suffix || props.after ? (
        <div class={classNames("govuk-input__wrapper", props.wrapperClasses)}>
          {props.prefix ? (
            <div class="govuk-input__prefix" aria-hidden="true">
              {props.prefix}
            </div>
          ) : null}
          {box}
          {props.suffix ? (
            <div class="govuk-input__suffix" aria-hidden="true">
              {props.suffix}
            </div>
          ) : null}
          {props.after}
        </div>
      ) : (
        box
      )}
    </Field>
  );
}
