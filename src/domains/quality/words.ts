import { formatDate } from "../../kernel/clock.ts";
import { describeCount, isSmall, releaseShare } from "../../disclosure/index.ts";
import { getType } from "../../vocabulary/index.ts";
import type { Dimension, Measured, Outcome, RuleTest } from "./model.ts";

/** The names that a rule's words need: its columns with their types, and columns of other datasets. */
export interface Names {
  readonly column: (number: number) => { readonly name: string; readonly type: string };
  readonly other: (dataset: string, number: number) => { readonly title: string; readonly column: string };
}

/** What a rule asks, in a sentence without an end. */
export function ruleTitle(test: RuleTest, { column, other }: Names): string {
  const named = (number: number) => `“${column(number).name}”`;
  switch (test.kind) {
    case "row": {
      const [first = 0, second = 0] = numbersOf(test);
      if (test.name === "filled") return `Every row has ${named(first)}`;
      if (test.name === "order") return `${named(first)} is not after ${named(second)}`;
      const type = getType(column(first).type);
      const how = type.outcome(type.examples[0] ?? "") === "unknown" ? "has the form of" : "is valid as";
      return `${named(first)} ${how} ${type.label}`;
    }
    case "genuine":
      return `${named(test.column)} holds no value that is kept for testing`;
    case "whole":
      return `${named(test.column)} is written with its leading zero`;
    case "unique":
      return `No two rows share ${test.columns.map(named).join(" and ")}`;
    case "references": {
      const { title, column: there } = other(test.dataset, test.to);
      return `${named(test.column)} is in “${there}” of “${title}”`;
    }
    case "fresh":
      return test.column === null
        ? `Loaded in the last ${days(test.days)}`
        : `The newest ${named(test.column)} is at most ${days(test.days)} old`;
    case "rows":
      return "As many rows as the version before, or more";
  }
}

/** What was counted, in words: “78 of 80 rows do not”. Exact: for who looks after the dataset. */
export function evidenceWords(test: RuleTest, { n, passed, days: age }: Measured): string {
  if (n === 0) return "Nothing to check in this version";
  if (test.kind === "fresh") return age === null ? "No date" : `The newest is ${days(age)} old`;
  const [all, one, bad] = saidOf(test);
  if (passed === n) return `Every one of ${told(n)} ${all}`;
  if (test.kind === "rows") return `${told(n - passed)} rows fewer than the ${told(n)} before`;
  return `${told(n - passed)} of ${told(n)} ${n - passed === 1 ? one : bad} (${shareText(passed / n)} pass)`;
}

/** What was counted, as its reader may be told. Of an age others learn whether the promise is kept: the newest date is one person's. */
export function foundWords(test: RuleTest, result: Measured, exact: boolean): string {
  if (exact) return evidenceWords(test, result);
  if (test.kind === "fresh") return result.passed === result.n ? "The promise is kept" : "The promise is not kept";
  const { share, of } = scoreWords(result, false);
  return `${share} ${of}`;
}

/** A share that passes and what it is of, as its reader may be told: of people only who looks after the dataset reads it exactly. */
export function scoreWords({ n, passed }: Pick<Measured, "n" | "passed">, exact: boolean): { share: string; of: string } {
  if (n === 0) return { share: "–", of: "Nothing to check" };
  if (exact) return { share: shareText(passed / n), of: `of ${told(n)}` };
  const of = `of ${describeCount(n, {})}`;
  if (isSmall(n, {})) return { share: "Too few to say", of };
  if (isSmall(passed, {})) return { share: "Few or none", of };
  return { share: isSmall(n - passed, {}) ? "All or nearly" : `${releaseShare(passed, n) ?? 0} %`, of };
}

/** Never 100 % where something failed, nor 0 % where something passed. */
export function shareText(share: number): string {
  const percent = share * 100;
  const shown = percent >= 99.95 && percent < 100 ? 99.9 : percent > 0 && percent < 0.05 ? 0.1 : percent;
  return `${shown.toFixed(1).replace(/\.0$/, "")} %`;
}

export const outcomeWords: Readonly<Record<Outcome, { text: string; tone: "good" | "look" | "stop" | "plain" }>> = {
  pass: { text: "Passes", tone: "good" },
  warn: { text: "Look at it", tone: "look" },
  fail: { text: "Fails", tone: "stop" },
  nothing: { text: "Not measured", tone: "plain" },
};

/** What each dimension asks, in a sentence. */
export const dimensionWords: Readonly<Record<Dimension, string>> = {
  completeness: "Is everything there that should be?",
  uniqueness: "Is each thing there once?",
  consistency: "Do fields and datasets agree?",
  timeliness: "Is it as new as was promised?",
  validity: "Is each value one that can be?",
  accuracy: "Is it true? There is no trusted source here to tell.",
};

export function monthText(month: string): string {
  return formatDate(`${month}-01`).replace(/^1 /, "");
}

function numbersOf(test: RuleTest & { kind: "row" }): readonly number[] {
  const { holds } = test;
  if (holds.op === "le" && typeof holds.b === "object") return [holds.a, holds.b].map(({ name }) => Number(name.slice(1)));
  return holds.op === "has" ? [Number(holds.a.name.slice(1))] : [];
}

/** What is said where all pass, where one does not, and where several do not. */
function saidOf(test: RuleTest): readonly [string, string, string] {
  switch (test.kind) {
    case "row":
      if (test.name === "filled")
        return ["cells is filled", "cells is empty or says that it is", "cells are empty or say that they are"];
      if (test.name === "order") return ["rows is in order", "rows is not in order", "rows are not in order"];
      return ["cells is valid", "cells is not valid", "cells are not valid"];
    case "genuine":
      return ["cells is genuine", "cells is of a range kept for testing", "cells are of a range kept for testing"];
    case "whole":
      return ["cells is whole", "cells lost its zero", "cells lost their zero"];
    case "unique":
      return ["rows differs there", "rows shares it with another", "rows share it with another"];
    case "references":
      return ["cells meets", "cells meets nothing there", "cells meet nothing there"];
    default:
      return ["rows is there", "rows is missing", "rows are missing"];
  }
}

function days(count: number): string {
  return `${told(count)} ${count === 1 ? "day" : "days"}`;
}

function told(count: number): string {
  return count.toLocaleString("en-GB");
}
