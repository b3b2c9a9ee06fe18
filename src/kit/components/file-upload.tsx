import { classNames } from "./common.ts";
import type { FieldProps } from "./field.tsx";
import { Field, fieldIds } from "./field.tsx";

export interface FileUploadProps extends FieldProps {
  multiple?: boolean | undefined;
  /** With script, a drop zone with words; without, the browser's own control. */
  dropZone?: boolean | undefined;
}

export function FileUpload(props: FileUploadProps) {
  const { id, describedBy } = fieldIds(props);
  const control = (
    <input
      class={classNames("govuk-file-upload", props.classes, Boolean(props.error) && "govuk-file-upload--error")}
      id={id}
      name={props.name}
      type="file"
      disabled={props.disabled}
      multiple={props.multiple}
      aria-describedby={describedBy}
      {...props.attributes}
    />
  );
  return (
    <Field field={props}>
      {props.dropZone ? (
        <div class="govuk-file-upload-wrapper" data-module="govuk-file-upload">
          {control}
        </div>
      ) : (
        control
      )}
    </Field>
  );
}
