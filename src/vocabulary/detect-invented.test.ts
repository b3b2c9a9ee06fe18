import { expect, test } from "vitest";
import { inventColumns, inventControl, type InventedColumn } from "../../test/support/invented-columns.ts";
import { detect } from "./index.ts";

const quiet = new Set(["none", "text", "measure", "number", "category", "yes_no", "percentage", "time.of_day"]);
const seeds = [1, 2, 3];

test("precision and recall on invented columns, type by type, and no trap taken for its lure", () => {
  const { precision, recall, trapped } = measure(seeds.flatMap((seed) => inventColumns(seed)));
  expect(trapped).toEqual([]);
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.9);
});

test("precision and recall under further headers, that no word of a type was taken from", () => {
  const { precision, recall } = measure(seeds.flatMap((seed) => inventControl(seed)));
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.9);
});

function measure(columns: readonly InventedColumn[]) {
  const tallies = new Map<string, { right: number; wrong: string[]; needed: number; missed: string[] }>();
  const of = (type: string) => {
    const tally = tallies.get(type) ?? { right: 0, wrong: [], needed: 0, missed: [] };
    tallies.set(type, tally);
    return tally;
  };
  const trapped: string[] = [];
  for (const { evidence, accepted, trap } of columns) {
    const found = detect(evidence);
    const type = found.type ?? "none";
    const proposed = found.confidence >= 0.9 && !quiet.has(type);
    const right = accepted.includes(type);
    if (trap && proposed && !right) trapped.push(`${evidence.name}: ${type}`);
    if (proposed && right) of(type).right += 1;
    else if (proposed) of(type).wrong.push(evidence.name);
    const [wanted = "none"] = accepted;
    if (trap || accepted.some((id) => quiet.has(id))) continue;
    of(wanted).needed += 1;
    if (!proposed || !right) of(wanted).missed.push(`${evidence.name} (${type} ${found.confidence.toFixed(2)})`);
  }
  const proposed = [...tallies.values()].filter(({ right, wrong }) => right + wrong.length > 0);
  const needed = [...tallies.values()].filter((tally) => tally.needed > 0);
  const precision = mean(proposed.map(({ right, wrong }) => right / (right + wrong.length)));
  const recall = mean(needed.map(({ needed: all, missed }) => 1 - missed.length / all));
  for (const [type, { right, wrong, needed: all, missed }] of tallies)
    console.log(
      `${type}: ${right} right, ${wrong.length} wrong, ${all - missed.length} of ${all} found` +
        [
          ...(wrong.length === 0 ? [] : [`; wrong ${[...new Set(wrong)].join(", ")}`]),
          ...(missed.length === 0 ? [] : [`; missed ${[...new Set(missed)].join(", ")}`]),
        ].join(""),
    );
  console.log(`precision ${precision.toFixed(3)} recall ${recall.toFixed(3)}; traps: ${trapped.join(", ") || "none"}`);
  return { precision, recall, trapped };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
