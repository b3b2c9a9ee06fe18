import { describe, expect, test } from "vitest";
import { planFolder, type InspectedFile } from "./plan-folder.ts";

const table = (part = "", title = "") => ({ part, format: "csv", title }) as const;

let hashes = 0;
function file(name: string, changes: Partial<InspectedFile> = {}): InspectedFile {
  hashes += 1;
  return {
    file: name,
    bytes: 10,
    sha256: `hash ${hashes}`,
    kind: "tables",
    tables: [table()],
    columns: ["date", "count"],
    notes: [],
    ...changes,
  };
}

const names = (files: readonly InspectedFile[]) =>
  planFolder(files).planned.map(({ name, kind, files: own }) => [name, kind, own.length]);

describe("a folder becomes", () => {
  test("a dataset for each table, called as its file", () => {
    const book = file("book.xlsx", { columns: null, tables: [table("Pupils", "Pupils"), table("Staff", "Staff")] });
    expect(names([file("road_casualties_2019-2024.csv"), file("wards-2023.geojson"), book])).toEqual([
      ["Road casualties 2019-2024", "table", 1],
      ["Wards 2023", "table", 1],
      ["Book – Pupils", "table", 1],
      ["Book – Staff", "table", 1],
    ]);
  });

  test("one series for three files or more that differ in what changes; two, other columns and other folders are no series", () => {
    const spend = ["spend april 2024.csv", "spend may 2024.csv", "spend june 2024.csv"].map((name) => file(name));
    const two = ["cards 2024.csv", "cards 2025.csv"].map((name) => file(name));
    const other = file("spend july 2024.csv", { columns: ["date", "amount"] });
    const elsewhere = file("old/spend august 2024.csv");
    expect(names([...spend, ...two, other, elsewhere])).toEqual([
      ["Spend", "series", 3],
      ["Cards 2024", "table", 1],
      ["Cards 2025", "table", 1],
      ["Spend july 2024", "table", 1],
      ["Spend august 2024", "table", 1],
    ]);
  });

  test("files of one pattern and different kinds are two series", () => {
    const kinds = ["cycle", "footfall"].flatMap((kind) => [1, 2, 3].map((site) => file(`${kind}-${site}-1.csv`)));
    expect(names(kinds)).toEqual([
      ["Cycle", "series", 3],
      ["Footfall", "series", 3],
    ]);
  });

  test("names that would be taken twice say their folder, then a number", () => {
    expect(names([file("a/list.csv"), file("b/list.csv"), file("b/List.csv"), file("LIST.csv")]).map(([name]) => name)).toEqual([
      "List",
      "List (b)",
      "List (b) 2",
      "LIST 2",
    ]);
  });

  test("documents and metadata are kept beside the tables, and a copy is named and not loaded twice", () => {
    const plan = planFolder([
      file("chart.pdf", { kind: "document", columns: null, tables: [] }),
      file("a.csv-metadata.json", { kind: "metadata", columns: null, tables: [] }),
      file("a.csv", { sha256: "same" }),
      file("copy of a.csv", { sha256: "same" }),
    ]);
    expect(plan.planned.map(({ name, kind }) => [name, kind])).toEqual([
      ["Chart", "document"],
      ["A.csv metadata", "metadata"],
      ["A", "table"],
    ]);
    expect(plan.copies).toEqual([{ file: "copy of a.csv", of: "a.csv" }]);
  });
});
