import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listTables } from "./tables.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tables-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tablesOf(name: string, bytes: Buffer | string) {
  const path = join(folder, "landing");
  await writeFile(path, bytes);
  return listTables({ path, name, scratch: folder });
}

describe("what a file is, by its content and then by its name", () => {
  test.each([
    ["a.csv", "a,b\n1,2\n", "csv"],
    ["a.txt", "a|b\n1|2\n", "csv"],
    ["export", "a;b\n1;2\n", "csv"],
    ["one.csv", "a\n1\n", "csv"],
    ["a.jsonl", '{"a":1}\n', "ndjson"],
    ["broken.ndjson", 'nothing\n{"a":1}\n', "ndjson"],
  ])("%s is a table", async (name, text, format) => {
    expect(await tablesOf(name, text)).toMatchObject({ kind: "tables", tables: [{ part: "", format }] });
  });

  test.each([
    ["report.pdf", "%PDF-1.7\n1,2\n1,2"],
    ["table.csv", "%PDF-1.7\n1,2\n1,2"],
    ["README", "a,b\nc,d\n"],
    ["LICENSE.md", "a,b\nc,d\n"],
    ["letter.txt", "Dear all,\n\nthe meeting is on Monday.\n"],
    ["page.csv", "<!DOCTYPE html><html><p>Please sign in, then try again</p></html>"],
  ])("%s is a document", async (name, text) => {
    expect(await tablesOf(name, text)).toMatchObject({ kind: "document", tables: [] });
  });

  test.each([
    ["plan.xlsx", "not a workbook"],
    ["plan.ods", "%PDF-1.7\n"],
    ["rows.parquet", "nothing at all\n"],
    ["rows.csv.gz", "nothing at all\n"],
  ])("%s is told, and not entered as a document, where it is none", async (name, text) => {
    await expect(tablesOf(name, text)).rejects.toMatchObject({
      code: "engine.unreadable",
      message: expect.stringContaining(name),
    });
  });

  test("a description of another file is no table", async () => {
    expect(await tablesOf("spend.csv-metadata.json", '{"url": "spend.csv",}')).toMatchObject({ kind: "metadata", tables: [] });
  });

  test("nothing is refused in words", async () => {
    await expect(tablesOf("a.csv", "")).rejects.toMatchObject({ code: "engine.unreadable", message: "The file is empty." });
  });
});
