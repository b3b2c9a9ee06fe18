import { Button } from "./button.tsx";
import { classNames } from "./common.ts";
import type { FieldProps } from "./field.tsx";
import { Input } from "./input.tsx";

export interface PasswordInputProps extends FieldProps {
  value?: string | undefined;
  autocomplete?: "current-password" | "new-password" | "one-time-code" | undefined;
}

/** A password box; its "Show" button appears with script. */
export function PasswordInput(props: PasswordInputProps) {
  return (
    <Input
      {...props}
      groupClasses={classNames("govuk-password-input", props.groupClasses)}
      groupAttributes={{ "data-module": "govuk-password-input", ...props.groupAttributes }}
      wrapperClasses="govuk-password-input__wrapper"
      classes={classNames("govuk-password-input__input govuk-js-password-input-input", props.classes)}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={props.autocomplete ?? "current-password"}
      after={
        <Button
          type="button"
          secondary
          classes="govuk-password-input__toggle govuk-js-password-input-toggle"
          attributes={{ "aria-controls": props.id ?? props.name, "aria-label": "Show password", hidden: true }}
        >
          Show
        </Button>
      }
    />
  );
}
