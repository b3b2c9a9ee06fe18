// How each published option is said in our props. `raw` lets an option's HTML stand where our content stands.
import type { VNode } from "preact";
import type { Attributes } from "./common.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { Button } from "./button.tsx";
import { Checkboxes } from "./checkboxes.tsx";
import type { Choice } from "./choices.tsx";
import { DateInput, type DatePart } from "./date-input.tsx";
import { Details } from "./details.tsx";
import { ErrorMessage } from "./error-message.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import type { FieldProps } from "./field.tsx";
import { Fieldset } from "./fieldset.tsx";
import { FileUpload } from "./file-upload.tsx";
import { Hint } from "./hint.tsx";
import { Input, type InputProps } from "./input.tsx";
import { InsetText } from "./inset-text.tsx";
import { Label } from "./label.tsx";
import { NotificationBanner } from "./notification-banner.tsx";
import { Pagination, type PageLink } from "./pagination.tsx";
import { PasswordInput } from "./password-input.tsx";
import { Radios } from "./radios.tsx";
import { Select } from "./select.tsx";
import { SkipLink } from "./skip-link.tsx";
import { SummaryList } from "./summary-list.tsx";
import { Table, type TableCell } from "./table.tsx";
import { Tag } from "./tag.tsx";
import { Textarea } from "./textarea.tsx";
import { WarningText } from "./warning-text.tsx";

type Raw = (html: string) => string;
interface Part {
  readonly text?: string;
  readonly html?: string;
  readonly classes?: string;
  readonly isPageHeading?: boolean;
  readonly attributes?: Attributes;
}

/** The published options, as far as the adapters read them. */
export interface Options extends Part {
  readonly [option: string]: unknown;
  readonly id?: string;
  readonly name?: string;
  readonly href?: string;
  readonly value?: string | number | false;
  readonly describedBy?: string;
  readonly label?: Part;
  readonly hint?: Part;
  readonly errorMessage?: Part;
  readonly fieldset?: { describedBy?: string; classes?: string; legend?: Part; attributes?: Attributes };
  readonly legend?: Part;
  readonly formGroup?: Part;
  readonly prefix?: Part;
  readonly suffix?: Part;
  readonly items?: readonly Options[];
  readonly disabled?: boolean;
  readonly conditional?: Part;
  readonly divider?: string;
  readonly checked?: boolean;
}

export interface Adapter {
  /** The options the component takes. */
  readonly options: RegExp;
  /** Fixtures left out by name, each with its reason in a comment. */
  readonly without?: readonly string[];
  readonly make: (options: Options, raw: Raw) => VNode;
}

/** Options as a pattern: names with spaces between, `[]` and `.` as written, `*` any name. */
function takes(...names: readonly string[]): RegExp {
  const any = names.join(" ").replaceAll(/[[\].]/g, (mark) => `\\${mark}`);
  return new RegExp(`^(${any.replaceAll("*", String.raw`[\w-]+`).replaceAll(" ", "|")})$`);
}

const asText = (value: string | number | false | undefined) => (value === undefined ? undefined : String(value));
const content = (part: Part | undefined, raw: Raw) => (part?.html === undefined ? part?.text : raw(part.html.trim()));

const fieldOptions = [
  "name",
  "id",
  "label.text",
  "label.html",
  "label.classes",
  "label.isPageHeading",
  "hint.text",
  "hint.html",
  "errorMessage.text",
  "errorMessage.html",
  "formGroup.classes",
  "describedBy",
  "disabled",
  "classes",
  "attributes",
];

function field(o: Options, raw: Raw): FieldProps {
  return {
    name: o.name ?? "",
    id: o.id,
    label: content(o.label, raw),
    labelClasses: o.label?.classes,
    labelIsHeading: o.label?.isPageHeading,
    hint: content(o.hint, raw),
    error: content(o.errorMessage, raw),
    groupClasses: o.formGroup?.classes,
    describedBy: o.describedBy,
    disabled: o.disabled,
    classes: o.classes,
    attributes: o.attributes,
  };
}

const choiceOptions = [
  "name idPrefix classes attributes hint.text hint.html formGroup.classes describedBy",
  "errorMessage.text errorMessage.html fieldset.describedBy fieldset.classes fieldset.attributes",
  "fieldset.legend.text fieldset.legend.html fieldset.legend.classes fieldset.legend.isPageHeading",
  "items[].value items[].text items[].html items[].id items[].name items[].divider",
  "items[].checked items[].disabled items[].behaviour items[].hint.text items[].hint.html",
  "items[].attributes items[].label.classes items[].conditional.html value values[]",
];

function choices(o: Options, raw: Raw) {
  return {
    name: o.name ?? "",
    idPrefix: o["idPrefix"] as string | undefined,
    classes: o.classes,
    attributes: o.attributes,
    hint: content(o.hint, raw),
    error: content(o.errorMessage, raw),
    groupClasses: o.formGroup?.classes,
    describedBy: o.fieldset?.describedBy ?? o.describedBy,
    legend: content(o.fieldset?.legend, raw),
    legendClasses: o.fieldset?.legend?.classes,
    legendIsHeading: o.fieldset?.legend?.isPageHeading,
    fieldsetClasses: o.fieldset?.classes,
    fieldsetAttributes: o.fieldset?.attributes,
    items: (o.items ?? []).map((item): Choice | { divider: string } =>
      item.divider === undefined
        ? {
            value: String(item.value ?? ""),
            text: content(item, raw),
            id: item.id,
            name: item.name,
            checked: item.checked,
            disabled: item.disabled,
            hint: content(item.hint, raw),
            exclusive: item["behaviour"] === "exclusive",
            labelClasses: item.label?.classes,
            attributes: item.attributes,
            conditional: item.conditional?.html ? raw(item.conditional.html.trim()) : undefined,
          }
        : { divider: item.divider },
    ),
  };
}

const inputOptions = [
  "value type inputmode autocomplete autocapitalize pattern spellcheck inputWrapper.classes",
  "prefix.text prefix.html suffix.text suffix.html",
];

function pageLink(link: unknown): PageLink | undefined {
  const given = link as { href?: string; text?: string; labelText?: string } | undefined;
  return given?.href ? { href: given.href, text: given.text, label: given.labelText } : undefined;
}

function cells(given: readonly Options[], raw: Raw): TableCell[] {
  return given.map((cell) => ({
    text: content(cell, raw),
    format: cell["format"] as "numeric" | undefined,
    classes: cell.classes,
    colspan: cell["colspan"] as number | undefined,
    rowspan: cell["rowspan"] as number | undefined,
    attributes: cell.attributes,
  }));
}

const dateParts = ["day", "month", "year"] as const;

export const adapters: Readonly<Record<string, Adapter>> = {
  button: {
    options: takes(
      "text",
      "html",
      "classes",
      "disabled",
      "href",
      "isStartButton",
      "name",
      "attributes",
      "type",
      "value",
      "id",
      "preventDoubleClick",
    ),
    without: ["start link with html"], // wraps HTML in a span; ours takes content
    make: (o, raw) => (
      <Button
        href={o.href}
        classes={o.classes}
        disabled={o.disabled}
        start={o["isStartButton"] as boolean | undefined}
        name={o.name}
        value={asText(o.value)}
        id={o.id}
        type={o["type"] as "submit" | undefined}
        preventDoubleClick={o["preventDoubleClick"] as boolean | undefined}
        attributes={o.attributes}
      >
        {content(o, raw)}
      </Button>
    ),
  },
  breadcrumbs: {
    options: takes(
      "items[].text",
      "items[].html",
      "items[].href",
      "items[].attributes",
      "collapseOnMobile",
      "classes",
      "attributes",
      "labelText",
    ),
    make: (o, raw) => (
      <Breadcrumbs
        items={(o.items ?? []).map((item) => ({ text: content(item, raw), href: item.href, attributes: item.attributes }))}
        collapseOnMobile={o["collapseOnMobile"] as boolean | undefined}
        label={o["labelText"] as string | undefined}
        classes={o.classes}
        attributes={o.attributes}
      />
    ),
  },
  checkboxes: {
    options: takes(...choiceOptions),
    make: (o, raw) => <Checkboxes {...choices(o, raw)} values={o["values"] as string[] | undefined} />,
  },
  radios: {
    options: takes(...choiceOptions),
    make: (o, raw) => <Radios {...choices(o, raw)} value={asText(o.value)} />,
  },
  "date-input": {
    options: takes(
      "id namePrefix hint.text errorMessage.text classes attributes formGroup.classes",
      "fieldset.legend.text fieldset.legend.html fieldset.describedBy",
      "values.* day.error month.error year.error day.label month.label year.label",
    ),
    make: (o, raw) => {
      const of = (part: DatePart) => o[part] as { error?: boolean; label?: string } | undefined;
      const values = o["values"] as Record<string, string> | undefined;
      const prefix = o["namePrefix"] as string | undefined;
      const named = dateParts.filter((part) => of(part)?.error);
      const spared = dateParts.some((part) => of(part)?.error === false);
      const wrong = spared && named.length === 0 ? dateParts.filter((part) => of(part)?.error !== false) : named;
      const labels = Object.fromEntries(dateParts.flatMap((part) => (of(part)?.label ? [[part, of(part)?.label]] : [])));
      const known = Object.fromEntries(
        dateParts.flatMap((part) => {
          const value = values?.[prefix ? `${prefix}-${part}` : part] ?? values?.[part];
          return value === undefined ? [] : [[part, value]];
        }),
      );
      return (
        <DateInput
          id={o.id ?? ""}
          namePrefix={prefix}
          hint={content(o.hint, raw)}
          error={content(o.errorMessage, raw)}
          legend={content(o.fieldset?.legend, raw)}
          describedBy={o.fieldset?.describedBy}
          wrong={wrong.length > 0 ? wrong : undefined}
          labels={labels}
          values={known}
          classes={o.classes}
          groupClasses={o.formGroup?.classes}
          attributes={o.attributes}
        />
      );
    },
  },
  details: {
    options: takes("summaryText", "summaryHtml", "text", "html", "id", "open", "classes", "attributes"),
    make: (o, raw) => (
      <Details
        summary={o["summaryHtml"] ? raw(o["summaryHtml"] as string) : (o["summaryText"] as string)}
        id={o.id}
        open={o["open"] as boolean | undefined}
        classes={o.classes}
        attributes={o.attributes}
      >
        {content(o, raw)}
      </Details>
    ),
  },
  "error-message": {
    options: takes("text", "html", "visuallyHiddenText", "id", "classes", "attributes"),
    make: (o, raw) => (
      <ErrorMessage
        id={o.id}
        classes={o.classes}
        attributes={o.attributes}
        prefix={o["visuallyHiddenText"] === false ? "" : (o["visuallyHiddenText"] as string | undefined)}
      >
        {content(o, raw)}
      </ErrorMessage>
    ),
  },
  "error-summary": {
    options: takes(
      "titleText titleHtml descriptionText descriptionHtml classes attributes disableAutoFocus",
      "errorList[].text errorList[].html errorList[].href errorList[].attributes",
    ),
    make: (o, raw) => (
      <ErrorSummary
        title={
          content({ text: o["titleText"] as string, ...(o["titleHtml"] ? { html: o["titleHtml"] as string } : {}) }, raw) ?? ""
        }
        description={content(
          {
            text: o["descriptionText"] as string,
            ...(o["descriptionHtml"] ? { html: o["descriptionHtml"] as string } : {}),
          },
          raw,
        )}
        errors={((o["errorList"] as Options[] | undefined) ?? []).map((item) => ({
          text: content(item, raw),
          href: item.href,
          attributes: item.attributes,
        }))}
        disableAutoFocus={o["disableAutoFocus"] as boolean | undefined}
        classes={o.classes}
        attributes={o.attributes}
      />
    ),
  },
  fieldset: {
    options: takes(
      "legend.text",
      "legend.html",
      "legend.classes",
      "legend.isPageHeading",
      "html",
      "describedBy",
      "classes",
      "role",
      "attributes",
    ),
    make: (o, raw) => (
      <Fieldset
        legend={content(o.legend, raw)}
        legendClasses={o.legend?.classes}
        legendIsHeading={o.legend?.isPageHeading}
        describedBy={o.describedBy}
        classes={o.classes}
        role={o["role"] as "group" | undefined}
        attributes={o.attributes}
      >
        {o.html === undefined ? undefined : raw(o.html)}
      </Fieldset>
    ),
  },
  "file-upload": {
    options: takes(...fieldOptions, "multiple", "javascript"),
    make: (o, raw) => (
      <FileUpload
        {...field(o, raw)}
        multiple={o["multiple"] as boolean | undefined}
        dropZone={o["javascript"] as boolean | undefined}
      />
    ),
  },
  hint: {
    options: takes("text", "html", "id", "classes", "attributes"),
    make: (o, raw) => (
      <Hint id={o.id} classes={o.classes} attributes={o.attributes}>
        {content(o, raw)}
      </Hint>
    ),
  },
  input: {
    options: takes(...fieldOptions, ...inputOptions),
    make: (o, raw) => (
      <Input
        {...field(o, raw)}
        value={asText(o.value)}
        type={o["type"] as InputProps["type"]}
        inputmode={o["inputmode"] as InputProps["inputmode"]}
        autocomplete={o["autocomplete"] as string | undefined}
        autocapitalize={o["autocapitalize"] as InputProps["autocapitalize"]}
        pattern={o["pattern"] as string | undefined}
        spellcheck={o["spellcheck"] as boolean | undefined}
        wrapperClasses={(o["inputWrapper"] as Part | undefined)?.classes}
        prefix={content(o.prefix, raw)}
        suffix={content(o.suffix, raw)}
      />
    ),
  },
  "inset-text": {
    options: takes("text", "html", "id", "classes", "attributes"),
    make: (o, raw) => (
      <InsetText id={o.id} classes={o.classes} attributes={o.attributes}>
        {content(o, raw)}
      </InsetText>
    ),
  },
  label: {
    options: takes("text", "html", "for", "classes", "isPageHeading", "attributes"),
    without: ["empty"], // publishes nothing at all; ours has no such case in its types
    make: (o, raw) => (
      <Label for={o["for"] as string | undefined} classes={o.classes} isHeading={o.isPageHeading} attributes={o.attributes}>
        {content(o, raw)}
      </Label>
    ),
  },
  "notification-banner": {
    options: takes(
      "text",
      "html",
      "type",
      "titleText",
      "titleHtml",
      "titleId",
      "role",
      "classes",
      "attributes",
      "disableAutoFocus",
    ),
    make: (o, raw) => (
      <NotificationBanner
        text={o.text}
        success={o["type"] === "success"}
        title={o["titleHtml"] ? raw(o["titleHtml"] as string) : (o["titleText"] as string | undefined)}
        titleId={o["titleId"] as string | undefined}
        role={o["role"] as "alert" | undefined}
        disableAutoFocus={o["disableAutoFocus"] as boolean | undefined}
        classes={o.classes}
        attributes={o.attributes}
      >
        {o.html === undefined ? undefined : raw(o.html)}
      </NotificationBanner>
    ),
  },
  pagination: {
    options: takes(
      "previous.href previous.text previous.labelText next.href next.text next.labelText",
      "items[].number items[].href items[].current items[].ellipsis items[].visuallyHiddenText",
      "classes attributes landmarkLabel",
    ),
    make: (o) => (
      <Pagination
        previous={pageLink(o["previous"])}
        next={pageLink(o["next"])}
        items={o.items?.map((item) =>
          item["ellipsis"]
            ? { ellipsis: true as const }
            : {
                number: String(item["number"]),
                href: item.href ?? "",
                current: Boolean(item["current"]),
                label: item["visuallyHiddenText"] as string | undefined,
              },
        )}
        label={o["landmarkLabel"] as string | undefined}
        classes={o.classes}
        attributes={o.attributes}
      />
    ),
  },
  "password-input": {
    options: takes(...fieldOptions, "value", "autocomplete"),
    make: (o, raw) => (
      <PasswordInput {...field(o, raw)} value={asText(o.value)} autocomplete={o["autocomplete"] as "new-password" | undefined} />
    ),
  },
  select: {
    options: takes(
      ...fieldOptions,
      "value",
      "items[].value",
      "items[].text",
      "items[].selected",
      "items[].disabled",
      "items[].attributes",
    ),
    make: (o, raw) => (
      <Select
        {...field(o, raw)}
        value={asText(o.value)}
        items={(o.items ?? []).map((item) => ({
          text: item.text ?? "",
          value: asText(item.value),
          selected: item["selected"] as boolean | undefined,
          disabled: item.disabled,
          attributes: item.attributes,
        }))}
      />
    ),
  },
  "skip-link": {
    options: takes("text", "html", "href", "classes", "attributes"),
    make: (o, raw) => (
      <SkipLink href={o.href === "" ? undefined : o.href} classes={o.classes} attributes={o.attributes}>
        {content(o, raw)}
      </SkipLink>
    ),
  },
  "summary-list": {
    options: takes(
      "classes attributes rows[].classes rows[].key.text rows[].key.html rows[].key.classes",
      "rows[].value.text rows[].value.html rows[].value.classes rows[].actions.classes",
      "rows[].actions.items[].href rows[].actions.items[].text rows[].actions.items[].html",
      "rows[].actions.items[].visuallyHiddenText rows[].actions.items[].classes rows[].actions.items[].attributes",
    ),
    make: (o, raw) => (
      <SummaryList
        classes={o.classes}
        attributes={o.attributes}
        rows={((o["rows"] as { key: Part; value?: Part; classes?: string; actions?: Options }[] | undefined) ?? []).map(
          (row) => ({
            key: content(row.key, raw),
            value: content(row.value, raw),
            classes: row.classes,
            keyClasses: row.key.classes,
            valueClasses: row.value?.classes,
            actionsClasses: row.actions?.classes,
            actions: row.actions?.items?.map((item) => ({
              href: item.href ?? "",
              text: content(item, raw),
              about: item["visuallyHiddenText"] as string | undefined,
              classes: item.classes,
              attributes: item.attributes,
            })),
          }),
        )}
      />
    ),
  },
  table: {
    options: takes(
      "caption captionClasses firstCellIsHeader classes attributes",
      ...["text", "html", "format", "classes", "rowspan", "colspan", "attributes"].flatMap((of) => [
        `head[].${of}`,
        `rows[][].${of}`,
      ]),
    ),
    make: (o, raw) => (
      <Table
        caption={o["caption"] as string | undefined}
        captionClasses={o["captionClasses"] as string | undefined}
        firstCellIsHeader={o["firstCellIsHeader"] as boolean | undefined}
        classes={o.classes}
        attributes={o.attributes}
        head={o["head"] === undefined ? undefined : cells(o["head"] as Options[], raw)}
        rows={((o["rows"] as Options[][] | undefined) ?? []).map((row) => cells(row, raw))}
      />
    ),
  },
  tag: {
    options: takes("text", "html", "classes", "attributes"),
    make: (o, raw) => (
      <Tag classes={o.classes} attributes={o.attributes}>
        {content(o, raw)}
      </Tag>
    ),
  },
  textarea: {
    options: takes(...fieldOptions, "value", "rows", "spellcheck", "autocomplete"),
    make: (o, raw) => (
      <Textarea
        {...field(o, raw)}
        value={asText(o.value)}
        rows={o["rows"] as number | undefined}
        spellcheck={o["spellcheck"] as boolean | undefined}
        autocomplete={o["autocomplete"] as string | undefined}
      />
    ),
  },
  "warning-text": {
    options: takes("text", "html", "iconFallbackText", "classes", "attributes"),
    make: (o, raw) => (
      <WarningText
        sign={(o["iconFallbackText"] as string | undefined) ?? undefined}
        classes={o.classes}
        attributes={o.attributes}
      >
        {content(o, raw)}
      </WarningText>
    ),
  },
};
