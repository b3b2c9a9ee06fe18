/** That a leak would be found: each canary is put, on purpose, where the crawl looks, in every form it might take there. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canaryOf, numberCanaryOf } from "../../src/sample/index.ts";
import { besideName, findCanaries, numbersIn } from "../support/canaries.ts";
import { openDuckDB, type TestDatabase } from "../support/duckdb.ts";

const word = canaryOf(3);
const amount = numberCanaryOf(4);
const other = numberCanaryOf(5);
const finder = findCanaries([word, amount, other]);
const whole = amount.slice(0, 8);
const parted = Number(whole).toLocaleString("en-GB");
let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "finder-"));
  database = await openDuckDB();
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

test("a number canary is eight digits, none twice in a row", () => {
  const all = Array.from({ length: 300 }, (_, at) => numberCanaryOf(at));
  expect(all.filter((text) => !/^7(?!.*(\d)\1)\d{7}[.]25$/.test(text))).toEqual([]);
  expect(new Set(all).size).toBe(300);
});

describe("in a text, found", () => {
  test.each([
    ["as such", `<td>${amount}</td>`],
    ["without pence", `"value":${whole},`],
    ["with commas", `<td class="n">£${parted}.25</td>`],
    ["with hard spaces", `<td>${parted.replaceAll(",", "&nbsp;")}</td>`],
    ["with thin spaces", `<text>${parted.replaceAll(",", "\u202F")}</text>`],
    ["in an address", `href="/questions?v1=${encodeURIComponent(parted)}"`],
    ["as a power of ten", `${whole[0]}.${whole.slice(1)}e7`],
    ["in base 64", Buffer.from(`raw ${amount} of a record`).toString("base64")],
    ["in base 64 elsewhere", Buffer.from(`a${amount}, and more`).toString("base64")],
    ["in base 64 once more", Buffer.from(`ab${amount}, and more`).toString("base64")],
    ["in a header", `set-cookie: guildhall-flash=${parted.replaceAll(",", "%2C")}`],
    ["in a line of a log", `{"level":"error","detail":"Could not cast '${amount}' to DATE"}`],
  ])("a number %s", (_, text) => expect(finder.inText(text)).toEqual([amount]));

  test.each([
    ["as such", `<td>${word}</td>`],
    ["in capitals", word.toUpperCase()],
    ["in base 64", Buffer.from(`a record with ${word} in it`).toString("base64")],
    ["in base 64 elsewhere", Buffer.from(`record with ${word} in it`).toString("base64url")],
  ])("a word %s", (_, text) => expect(finder.inText(text)).toEqual([word]));

  test("and nothing else: not a longer number, nor one that was rounded", () => {
    const rounded = Number(Number(amount).toPrecision(3));
    expect(finder.inText(`1${whole} ${whole}1 ${rounded} ${rounded.toLocaleString("en-GB")} zqx ${word.slice(0, -1)}`)).toEqual(
      [],
    );
  });
});

describe("in a file, found", () => {
  const text = `id,charge\n1,${amount}\n2,${word}\n`;
  test.each([
    ["text", Buffer.from(text)],
    ["gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["brotli", brotliCompressSync(text)],
    ["zstandard", zstdCompressSync(text)],
  ])("of %s", async (name, bytes) => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    expect((await finder.inFolders([folder], database)).toSorted()).toEqual(
      [`${amount} in ${path}`, `${word} in ${path}`].toSorted(),
    );
    await rm(path);
  });

  test.each(["VARCHAR", "DOUBLE", "DECIMAL(12,2)", "BIGINT", "INTEGER"])("of Parquet, as %s", async (type) => {
    const path = join(folder, "spool.parquet");
    const value = type === "BIGINT" || type === "INTEGER" ? whole : amount;
    await database.rows({
      text: `COPY (SELECT CAST('${value}' AS ${type}) AS c1 FROM range(3)) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
      params: [],
    });
    expect(await finder.inFolders([folder], database)).toEqual([`${amount} in ${path}`]);
    await rm(path);
  });

  test("of numbers as a machine keeps them", async () => {
    const path = join(folder, "spill");
    const bytes = Buffer.alloc(40);
    bytes.writeDoubleLE(Number(amount), 3);
    bytes.writeInt32LE(Number(other.slice(0, 8)), 21);
    await writeFile(path, bytes);
    expect(await finder.inFolders([folder], database)).toEqual([`${amount} in ${path}`, `${other} in ${path}`]);
    await rm(path);
  });
});

test("what stands beside a name is found in tables, files, objects and charts", () => {
  const page = `<html><table><tr><th>Band</th></tr><tr><td>ZQXB</td><td class="n7">1,204</td></tr></table><svg><text x="4">ZQXB</text><text x="9">4</text></svg></html>`;
  expect(besideName(page, "ZQXB").map(numbersIn)).toEqual([[1204], [4]]);
  expect(numbersIn("7 of 9, loaded 25 November 2026, 00:07, reviewed 2027-06-01")).toEqual([7, 9]);
  expect(besideName("A,10\r\nZQXB,4\r\n", "ZQXB").map(numbersIn)).toEqual([[4]]);
  expect(besideName('{"rows":[{"keys":["A"],"n":20},{"keys":["ZQXB"],"n":4}]}', "ZQXB").map(numbersIn)).toEqual([[4]]);
  expect(besideName(page, "elsewhere")).toEqual([]);
});
