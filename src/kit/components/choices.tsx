import type { Attributes, Content } from "./common.ts";
import { classNames, idList } from "./common.ts";
import { ErrorMessage } from "./error-message.tsx";
import { Fieldset } from "./fieldset.tsx";
import { Hint } from "./hint.tsx";
import { Label } from "./label.tsx";

export interface Choice {
  value: string;
  text: Content;
  hint?: Content;
  checked?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Shown when chosen (with script; always shown without). */
  conditional?: Content;
  id?: string | undefined;
  /** Checkboxes only: another name than the group's. */
  name?: string | undefined;
  /** Checkboxes only: choosing this clears the others ("None of these"). */
  exclusive?: boolean | undefined;
  labelClasses?: string | undefined;
  attributes?: Attributes | undefined;
}

export interface ChoiceGroupProps {
  name: string;
  idPrefix?: string | undefined;
  items: readonly (Choice | { divider: string })[];
  legend?: Content;
  legendClasses?: string | undefined;
  legendIsHeading?: boolean | undefined;
  fieldsetClasses?: string | undefined;
  fieldsetAttributes?: Attributes | undefined;
  describedBy?: string | undefined;
  hint?: Content;
  error?: Content;
  classes?: string | undefined;
  groupClasses?: string | undefined;
  attributes?: Attributes | undefined;
}

interface Kind {
  kind: "checkboxes" | "radios";
  isChecked: (choice: Choice) => boolean;
}

/** Checkboxes and radios are one list of choices; they differ in the control and in how a lone list is described. */
export function Choices({ group, kind, isChecked }: Kind & { group: ChoiceGroupProps }) {
  const prefix = group.idPrefix ?? group.name;
  const base = `govuk-${kind}`;
  const framed = group.legend !== undefined || group.fieldsetClasses !== undefined;
  const describedBy = idList(
    group.describedBy,
    Boolean(group.hint) && `${prefix}-hint`,
    Boolean(group.error) && `${prefix}-error`,
  );
  const inner = (
    <>
      {group.hint ? <Hint id={`${prefix}-hint`}>{group.hint}</Hint> : null}
      {group.error ? <ErrorMessage id={`${prefix}-error`}>{group.error}</ErrorMessage> : null}
      <div class={classNames(base, group.classes)} {...group.attributes} data-module={base}>
        {group.items.map((item, at) =>
          "divider" in item ? (
            <div class={`${base}__divider`}>{item.divider}</div>
          ) : (
            <ChoiceItem
              choice={item}
              kind={kind}
              id={item.id ?? (at === 0 ? prefix : `${prefix}-${at + 1}`)}
              name={item.name ?? group.name}
              checked={isChecked(item)}
              describedBy={kind === "checkboxes" && !framed ? describedBy : undefined}
            />
          ),
        )}
      </div>
    </>
  );
  return (
    <div class={classNames("govuk-form-group", Boolean(group.error) && "govuk-form-group--error", group.groupClasses)}>
      {framed ? (
        <Fieldset
          legend={group.legend}
          legendClasses={group.legendClasses}
          legendIsHeading={group.legendIsHeading}
          classes={group.fieldsetClasses}
          attributes={group.fieldsetAttributes}
          describedBy={describedBy}
        >
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </div>
  );
}

interface ChoiceItemProps {
  choice: Choice;
  kind: Kind["kind"];
  id: string;
  name: string;
  checked: boolean;
  describedBy: string | undefined;
}

function ChoiceItem({ choice, kind, id, name, checked, describedBy }: ChoiceItemProps) {
  const base = `govuk-${kind}`;
  const hintId = `${id}-item-hint`;
  const conditionalId = `conditional-${id}`;
  return (
    <>
      <div class={`${base}__item`}>
        <input
          class={`${base}__input`}
          id={id}
          name={name}
          type={kind === "radios" ? "radio" : "checkbox"}
          value={choice.value}
          checked={checked}
          disabled={choice.disabled}
          data-aria-controls={choice.conditional ? conditionalId : undefined}
          data-behaviour={choice.exclusive ? "exclusive" : undefined}
          aria-describedby={idList(describedBy, Boolean(choice.hint) && hintId)}
          {...choice.attributes}
        />
        <Label for={id} classes={classNames(`${base}__label`, choice.labelClasses)}>
          {choice.text}
        </Label>
        {choice.hint ? (
          <Hint id={hintId} classes={`${base}__hint`}>
            {choice.hint}
          </Hint>
        ) : null}
      </div>
      {choice.conditional ? (
        <div class={classNames(`${base}__conditional`, !checked && `${base}__conditional--hidden`)} id={conditionalId}>
          {choice.conditional}
        </div>
      ) : null}
    </>
  );
}
