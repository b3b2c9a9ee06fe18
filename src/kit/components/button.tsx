import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface ButtonProps {
  /** Says what happens: "Refuse request", never "Submit". */
  children: Content;
  /** Given, the button is a link that looks like a button. */
  href?: string | undefined;
  name?: string | undefined;
  value?: string | undefined;
  type?: "submit" | "button" | undefined;
  id?: string | undefined;
  secondary?: boolean | undefined;
  warning?: boolean | undefined;
  /** The one large green-lit door into a service, with an arrow. */
  start?: boolean | undefined;
  disabled?: boolean | undefined;
  preventDoubleClick?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function Button(props: ButtonProps) {
  const shared = {
    class: classNames(
      "govuk-button",
      props.secondary && "govuk-button--secondary",
      props.warning && "govuk-button--warning",
      props.classes,
      props.start && "govuk-button--start",
    ),
    id: props.id,
    "data-module": "govuk-button",
    ...props.attributes,
  };
  if (props.href !== undefined) {
    return (
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it goes somewhere, so it is a link
      <a href={props.href} role="button" draggable={false} {...shared}>
        {props.children}
        {props.start ? <StartArrow /> : null}
      </a>
    );
  }
  return (
    <button
      type={props.type ?? "submit"}
      name={props.name}
      value={props.value}
      disabled={props.disabled}
      aria-disabled={props.disabled ? "true" : undefined}
      data-prevent-double-click={props.preventDoubleClick === undefined ? undefined : String(props.preventDoubleClick)}
      {...shared}
    >
      {props.children}
      {props.start ? <StartArrow /> : null}
    </button>
  );
}

/** Buttons that belong together, in one row where there is room. */
export function ButtonGroup({ children }: { children: Content }) {
  return <div class="govuk-button-group">{children}</div>;
}

function StartArrow() {
  return (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  );
}
