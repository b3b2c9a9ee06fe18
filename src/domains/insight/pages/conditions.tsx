import { Details, Input, Select } from "../../../kit/index.ts";
import { filterRows } from "../address.ts";
import type { Usable } from "../columns.ts";
import { operators } from "../model.ts";

export type Address = Readonly<Record<string, string>>;

export interface FieldsProps {
  columns: readonly Usable[];
  address: Address;
  errors: Readonly<Record<string, string>>;
}

/** Conditions as they are filled in; their names are those of the address. */
export function Conditions({ columns, address, errors }: FieldsProps) {
  const used = Array.from({ length: 10 }, (_, at) => at + 1).filter((at) => address[`c${at}`]);
  const rows = Array.from({ length: Math.max(filterRows, ...used) }, (_, at) => at + 1);
  const [first = 1, ...more] = rows;
  const names = (at: number) => [`c${at}`, `o${at}`, `v${at}`] as const;
  return (
    <fieldset class="govuk-fieldset gh-question__part">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Only some of the records?</legend>
      <p class="govuk-hint">Leave it empty to ask of all of them. For one of several values, write them with | between.</p>
      <Condition columns={columns} address={address} errors={errors} names={names(first)} label="Only where" />
      <Details summary="More conditions" open={used.some((at) => at > 1)}>
        {more.map((at) => (
          <Condition columns={columns} address={address} errors={errors} names={names(at)} label="And where" />
        ))}
      </Details>
    </fieldset>
  );
}

interface ConditionProps extends FieldsProps {
  names: readonly [string, string, string];
  label: string;
}

export function Condition({ columns, address, errors, names: [column, op, value], label }: ConditionProps) {
  const usable = columns.filter(({ filter }) => filter !== null);
  const held = usable.find(({ number }) => String(number) === address[column]);
  return (
    <div class="gh-question__row">
      <Select
        name={column}
        label={label}
        value={address[column]}
        error={errors[column]}
        items={[{ value: "", text: "Any" }, ...usable.map(({ number, label: text }) => ({ value: String(number), text }))]}
      />
      <Select
        name={op}
        label="Compares"
        labelClasses="govuk-visually-hidden"
        value={address[op] ?? "is"}
        error={errors[op]}
        items={operators.map((text) => ({ value: text, text }))}
      />
      <Input
        name={value}
        label="Value"
        value={address[value]}
        error={errors[value]}
        classes="govuk-input--width-10"
        attributes={{ list: held && held.values.length > 0 ? `values-${held.number}` : "values", autocomplete: "off" }}
      />
    </div>
  );
}

/** Values that the columns are known to hold, offered while one types; of one column where it is chosen already. */
export function ValueLists({ columns }: { columns: readonly Usable[] }) {
  const listed = columns.filter(({ filter, values }) => filter !== null && values.length > 0);
  return (
    <>
      {listed.map(({ number, values }) => (
        <datalist id={`values-${number}`}>
          {values.map((value) => (
            <option value={value} />
          ))}
        </datalist>
      ))}
      <datalist id="values">
        {listed.flatMap(({ label, values }) => values.slice(0, 12).map((value) => <option value={value} label={label} />))}
      </datalist>
    </>
  );
}
