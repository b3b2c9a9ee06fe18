import type { ChoiceGroupProps } from "./choices.tsx";
import { Choices } from "./choices.tsx";

export interface RadiosProps extends ChoiceGroupProps {
  /** The chosen value; an item's own `checked` wins. */
  value?: string | undefined;
}

export function Radios(props: RadiosProps) {
  return (
    <Choices
      group={props}
      kind="radios"
      isChecked={(choice) => choice.checked ?? (Boolean(props.value) && choice.value === props.value)}
    />
  );
}
