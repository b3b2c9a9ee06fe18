import type { ChoiceGroupProps } from "./choices.tsx";
import { Choices } from "./choices.tsx";

export interface CheckboxesProps extends ChoiceGroupProps {
  /** The chosen values; an item's own `checked` wins. */
  values?: readonly string[] | undefined;
}

export function Checkboxes(props: CheckboxesProps) {
  return (
    <Choices
      group={props}
      kind="checkboxes"
      isChecked={(choice) => choice.checked ?? props.values?.includes(choice.value) ?? false}
    />
  );
}
