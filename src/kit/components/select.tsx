import type { Attributes } from "./common.ts";
import { classNames } from "./common.ts";
import type { FieldProps } from "./field.tsx";
import { Field, fieldIds } from "./field.tsx";

export interface SelectProps extends FieldProps {
  /** Without a `value` the text is what is sent. */
  items: readonly {
    text: string;
    value?: string | undefined;
    selected?: boolean | undefined;
    disabled?: boolean | undefined;
    attributes?: Attributes | undefined;
  }[];
  /** The chosen value; an item's own `selected` wins. */
  value?: string | undefined;
}

export function Select(props: SelectProps) {
  const { id, describedBy } = fieldIds(props);
  return (
    <Field field={props}>
      <select
        class={classNames("govuk-select", props.classes, Boolean(props.error) && "govuk-select--error")}
        id={id}
        name={props.name}
        disabled={props.disabled}
        aria-describedby={describedBy}
        {...props.attributes}
      >
        {props.items.map((item) => (
          <option
            value={item.value}
            selected={item.selected ?? (Boolean(props.value) && (item.value ?? item.text) === props.value)}
            disabled={item.disabled}
            {...item.attributes}
          >
            {item.text}
          </option>
        ))}
      </select>
    </Field>
  );
}
