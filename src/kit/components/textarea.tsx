import { classNames } from "./common.ts";
import type { FieldProps } from "./field.tsx";
import { Field, fieldIds } from "./field.tsx";

export interface TextareaProps extends FieldProps {
  value?: string | undefined;
  rows?: number | undefined;
  spellcheck?: boolean | undefined;
  autocomplete?: string | undefined;
}

export function Textarea(props: TextareaProps) {
  const { id, describedBy } = fieldIds(props);
  return (
    <Field field={props}>
      <textarea
        class={classNames("govuk-textarea", Boolean(props.error) && "govuk-textarea--error", props.classes)}
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        spellcheck={props.spellcheck}
        disabled={props.disabled}
        aria-describedby={describedBy}
        autocomplete={props.autocomplete}
        {...props.attributes}
      >
        {props.value}
      </textarea>
    </Field>
  );
}
