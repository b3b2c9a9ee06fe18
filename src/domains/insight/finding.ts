import { formatNumber } from "../../kit/index.ts";
import type { Answer } from "./ask.ts";
import { inSentence } from "./columns.ts";
import type { PlannedGroup } from "./plan.ts";
import { formatValue, groupTitle, measureTitle, nearest, plainQuestion } from "./words.ts";
import { orderedRows, partsOf, wholeOf, type ViewRow } from "./view.ts";

/**
 * The title of an answer, written from its figures by rule. Where a hidden figure might be larger than the one that
 * leads, or would follow from saying which leads, the plain question stands instead: "fewer than 10" is always less than
 * a count that is shown, and nothing else hidden is certain to be.
 */
export function findingOf(answer: Answer): string {
  const { plan } = answer;
  const question = plainQuestion(plan);
  const whole = wholeOf(answer);
  if (plan.groups.length === 0) {
    if (!whole?.shown || whole.value === null) return question;
    const text = formatValue(whole.value, plan.measure, answer.people);
    return plan.measure.kind === "count"
      ? `${text} ${whole.value === 1 ? "record" : "records"}${nearest(answer)}`
      : `${measureTitle(plan.measure)}: ${text}`;
  }
  const rows = orderedRows(answer);
  const hidden = rows.filter(({ figure }) => !figure.shown);
  const onlySmall = hidden.every(({ figure }) => figure.reason === "small");
  if (hidden.length > 0 && (plan.measure.kind !== "count" || !onlySmall || !whole?.shown)) return question;
  const shown = rows.filter(({ figure }) => figure.shown && figure.value !== null);
  const lowest = plan.measure.kind === "min";
  const best = shown.reduce<ViewRow | undefined>((leader, row) => {
    if (!leader) return row;
    const [value, held] = [row.figure.value ?? 0, leader.figure.value ?? 0];
    return (lowest ? value < held : value > held) ? row : leader;
  }, undefined);
  if (!best || shown.length < 2) return question;
  if (shown.some((row) => row !== best && row.figure.value === best.figure.value)) return question; // nobody leads
  return leads(best, answer) ?? question;
}

function leads({ labels, figure, text }: ViewRow, answer: Answer): string | undefined {
  const { plan } = answer;
  const [first, second] = plan.groups;
  const missing = figure.keys.findIndex((key) => key === "");
  const amount = ofWhole(figure.value ?? 0, text, answer);
  if (missing >= 0) {
    if (plan.groups.length > 1 || plan.measure.kind !== "count" || !first) return undefined;
    return `${groupTitle(first)} is not recorded in ${amount}`;
  }
  const named = plan.groups.map((group, at) => nameInTitle(group, labels[at] ?? ""));
  const who = second ? named.join(", ") : (named[0] ?? "");
  switch (plan.measure.kind) {
    case "count":
      return `${who} has the most: ${amount}`;
    case "sum":
      return `${who} has the highest total of ${inSentence(plan.measure.column.label)}: ${amount}`;
    case "avg":
      return `${who} has the highest average of ${inSentence(plan.measure.column.label)}: ${text}`;
    case "min":
    case "max":
      return `${who} has the ${plan.measure.kind === "min" ? "lowest" : "highest"} ${inSentence(plan.measure.column.label)}: ${text}`;
    case "share":
      return `${who} has the highest share where ${plan.measure.words}: ${text}`;
    case "ratio":
      return `${who} has the most ${inSentence(measureTitle(plan.measure))}: ${text}`;
  }
}

/** A bare code or number says nothing in a title: “C” is “Band C” there. */
function nameInTitle(group: PlannedGroup, label: string): string {
  return group.form === "number" || label.length <= 2 ? `${groupTitle(group)} ${label}` : label;
}

function ofWhole(value: number, text: string, answer: Answer): string {
  const part = partsOf(answer);
  const whole = wholeOf(answer);
  if (!part || !whole?.shown || whole.value === null) return text;
  const share = (100 * value) / whole.value;
  const rounded = share > 0 && share < 1 && !answer.people ? share.toFixed(1) : formatNumber(Math.round(share));
  return `${text} of ${formatValue(whole.value, answer.plan.measure)} (${rounded} %)`;
}
