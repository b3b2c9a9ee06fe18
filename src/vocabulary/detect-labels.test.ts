import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { openDuckDB } from "../../test/support/duckdb.ts";
import { ident, sql } from "../sql/fragment.ts";
import { compile } from "../sql/compile.ts";
import { detect, publishedId, semanticTypes, type ColumnEvidence } from "./index.ts";

const folder = process.env["GUILDHALL_REFERENCE_DATA"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const labelsFile = `${folder}/labels/columns-tuning.csv`;
const present = existsSync(labelsFile);
const db = await openDuckDB();
afterAll(() => db.close());

interface Label {
  readonly file: string;
  readonly column: string;
  readonly accepted: readonly string[];
}

const quiet = new Set(["none", "text", "measure", "category"]);

describe.skipIf(!present)("labelled columns (skipped where the reference data is absent)", () => {
  test("precision and recall, and no local number taken for an NHS number", { timeout: 120_000 }, async () => {
    const labels = await readLabels();
    const known = new Set([...semanticTypes.keys()].map((id) => publishedId(id)));
    const proposals = new Map<string, { right: number; wrong: string[]; needed: number; found: number }>();
    const of = (type: string) => {
      const tally = proposals.get(type) ?? { right: 0, wrong: [], needed: 0, found: 0 };
      proposals.set(type, tally);
      return tally;
    };
    const takenForNhs: string[] = [];
    for (const label of labels) {
      const evidence = await readColumn(label);
      if (!evidence) continue;
      const found = detect(evidence);
      const type = publishedId(found.type ?? "none");
      const proposed = found.confidence >= 0.9 && !quiet.has(type);
      if (type === "nhs_number") takenForNhs.push(`${label.file} ${label.column}`);
      if (proposed && label.accepted.includes(type)) of(type).right += 1;
      else if (proposed) of(type).wrong.push(`${label.file} ${label.column} (${label.accepted.join("|")})`);
      const [wanted = "none"] = label.accepted;
      if (known.has(wanted) && !label.accepted.some((id) => quiet.has(id))) {
        of(wanted).needed += 1;
        if (proposed && label.accepted.includes(type)) of(wanted).found += 1;
        else console.log(`missed ${label.file} ${label.column}: ${found.type} ${found.confidence.toFixed(2)}`);
      }
    }
    const rows = [...proposals].map(([type, { right, wrong, needed, found }]) => ({
      type,
      right,
      wrong: wrong.length,
      found,
      needed,
    }));
    console.table(rows);
    for (const [type, { wrong }] of proposals) for (const where of wrong) console.log(`wrong ${type}: ${where}`);
    const precision = mean(
      [...proposals.values()].filter((t) => t.right + t.wrong.length > 0).map((t) => t.right / (t.right + t.wrong.length)),
    );
    const recall = mean([...proposals.values()].filter((t) => t.needed > 0).map((t) => t.found / t.needed));
    console.log(`precision ${precision.toFixed(3)} recall ${recall.toFixed(3)}`);
    expect(takenForNhs).toEqual([]);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function readLabels(): Promise<readonly Label[]> {
  const rows = await db.rows(compile(sql`SELECT * FROM read_csv(${labelsFile}, all_varchar = true, header = true)`));
  return rows.map((row) => ({
    file: text(row["file"]),
    column: text(row["column"]),
    accepted: [text(row["type"]), ...(typeof row["acceptable"] === "string" ? row["acceptable"].split("|") : [])],
  }));
}

async function readColumn({ file, column }: Label): Promise<ColumnEvidence | undefined> {
  const path = `${folder}/${file}`;
  if (file.endsWith(".json")) return undefined;
  const cells = file.endsWith(".geojson") ? featureCells(path, column) : undefined;
  const source = cells
    ? sql`(SELECT unnest(${cells}) AS v)`
    : sql`(SELECT ${ident(column)} AS v FROM read_csv(${path}, all_varchar = true, header = true, null_padding = true, strict_mode = false, quote = '"'))`;
  const counted = await db.rows(compile(sql`SELECT v, count(*)::INTEGER AS n FROM ${source} GROUP BY v ORDER BY n DESC, v`));
  const filled = counted.filter(({ v }) => v !== null && v !== "");
  const rows = counted.reduce((sum, { n }) => sum + Number(n), 0);
  const full = filled.reduce((sum, { n }) => sum + Number(n), 0);
  const distinct = filled.slice(0, 2_000).map(({ v, n }) => ({ value: text(v), count: Number(n) }));
  return { name: column, rows, nulls: rows - full, distinct, distinctTotal: filled.length };
}

function featureCells(path: string, column: string): readonly string[] {
  const { features } = JSON.parse(readFileSync(path, "utf8")) as { features: { properties: Record<string, unknown> }[] };
  return features.map(({ properties }) => {
    const value = properties[column];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });
}

function text(cell: unknown): string {
  return typeof cell === "string" ? cell : "";
}
