import type { Attributes, Content } from "./common.ts";
import { classNames, idList } from "./common.ts";
import { ErrorMessage } from "./error-message.tsx";
import { Hint } from "./hint.tsx";
import { Label } from "./label.tsx";

/** What every one-box question has: a name, a label, perhaps a hint and an error. */
export interface FieldProps {
  name: string;
  /** The name unless given. Error summaries link to it. */
  id?: string | undefined;
  label: Content;
  labelClasses?: string | undefined;
  labelIsHeading?: boolean | undefined;
  hint?: Content;
  error?: Content;
  describedBy?: string | undefined;
  disabled?: boolean | undefined;
  classes?: string | undefined;
  groupClasses?: string | undefined;
  groupAttributes?: Attributes | undefined;
  attributes?: Attributes | undefined;
}

/** The id of a field's control, and the ids of what describes it. */
export function fieldIds(props: FieldProps): { id: string; describedBy: string | undefined } {
  const id = props.id ?? props.name;
  return {
    id,
    describedBy: idList(props.describedBy, Boolean(props.hint) && `${id}-hint`, Boolean(props.error) && `${id}-error`),
  };
}

/** The frame around a control: label, hint, error, then the control itself. */
export function Field({ field, children }: { field: FieldProps; children: Content }) {
  const { id } = fieldIds(field);
  return (
    <div
      class={classNames("govuk-form-group", Boolean(field.error) && "govuk-form-group--error", field.groupClasses)}
      {...field.groupAttributes}
    >
      <Label for={id} classes={field.labelClasses} isHeading={field.labelIsHeading}>
        {field.label}
      </Label>
      {field.hint ? <Hint id={`${id}-hint`}>{field.hint}</Hint> : null}
      {field.error ? <ErrorMessage id={`${id}-error`}>{field.error}</ErrorMessage> : null}
      {children}
    </div>
  );
}
