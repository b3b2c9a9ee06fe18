// An invented file of a kit's layout: its own columns, filled with invented values of their types or with its codes.
import type { KitColumn, KitLayout } from "../../src/domains/sources/core/kit.ts";
import { getType } from "../../src/vocabulary/index.ts";

export type Disguise = "as it is" | "shuffled" | "damaged";

/** Headers as one sender writes them. `damaged` has lost two columns, one where there are few, and gained one. */
export function disguised(layout: KitLayout, disguise: Disguise): readonly string[] {
  const names = layout.columns.map(({ name }) => name);
  if (disguise === "as it is") return names;
  if (disguise === "shuffled")
    return names
      .map((name, at) => (at % 2 === 0 ? ` ${name.toUpperCase().replaceAll(" ", "_")}` : `${name.toLowerCase()} `))
      .reverse();
  const required = layout.columns.filter((column) => column.required);
  const lost = required.slice(0, required.length > 5 ? 2 : 1);
  return [...layout.columns.filter((column) => !lost.includes(column)).map(({ name }) => name), "Our own remark"];
}

export function kitCsv(layout: KitLayout, rows: number): string {
  const lines = [layout.columns.map(({ name }) => name), ...Array.from({ length: rows }, (_, at) => invent(layout, at))];
  return lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
}

function invent({ columns }: KitLayout, row: number): readonly string[] {
  return columns.map((column) => valueOf(column, row));
}

function valueOf({ codes, type }: KitColumn, row: number): string {
  const list = codes ? [...codes.keys()] : type === null ? ["a", "b", "c"] : getType(type).examples;
  if (type === "case_ref" || type === "record_id") return `P${1000 + row}`;
  return list[row % list.length] ?? "";
}
