import { csvLine } from "../../kernel/csv.ts";
import type { Answer } from "./ask.ts";
import { findingOf } from "./finding.ts";
import { listedRows, rowOf, type ViewRow } from "./view.ts";
import { groupTitle, hiddenNote, measureTitle, plainQuestion, sourceLine, subtitleOf } from "./words.ts";

/** An answer as a file: the figures, then, after an empty line, where they come from and what is hidden. */
export function answerCsv(answer: Answer): string {
  const { plan, figures } = answer;
  const withBase = plan.measure.kind !== "count";
  const coded = plan.groups.map(({ column }) => column.type === "geo.gss_code" && answer.areas !== null);
  const head = [
    ...plan.groups.flatMap((group, at) => (coded[at] ? [groupTitle(group), `${groupTitle(group)}: name`] : [groupTitle(group)])),
    measureTitle(plan.measure),
    ...(withBase ? ["Records with a value"] : []),
  ];
  const line = (row: ViewRow) => [
    ...plan.groups.flatMap((_, at) => {
      const key = row.figure.keys[at] ?? null;
      const label = row.labels[at] || "All";
      return coded[at] ? [key ?? (row.labels[at] ? "" : "All"), label] : [label];
    }),
    row.mark === "" ? (row.figure.value ?? "") : `[${row.mark}]`,
    ...(withBase ? [row.figure.n ?? "[c]"] : []),
  ];
  const cells = plan.groups.length === 0 ? [] : listedRows(answer).map((row) => line(row));
  const totals = figures.totals.map((figure) => line(rowOf(figure, answer)));
  const notes = [
    ["Finding", findingOf(answer)],
    ["Question", plainQuestion(plan)],
    ["About", subtitleOf(answer)],
    ["Source", sourceLine(answer)],
    ["Boundaries", answer.areas ? `${answer.areas.set.title}. ${answer.areas.set.attribution}` : ""],
    ["Protection", hiddenNote(answer) ?? ""],
    ["Marks", "[c] confidential: hidden to protect people; [x] not available"],
  ].filter(([, text]) => text !== "");
  return [head, ...cells, ...totals, [], ...notes].map(csvLine).join("");
}
