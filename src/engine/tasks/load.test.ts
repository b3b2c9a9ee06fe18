import { createHash } from "node:crypto";
import { appendFileSync, createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chanceFrom, pick, type Chance } from "../../../test/support/policy-cases.ts";
import { literal, openDuckDb, readRows } from "../duckdb.ts";
import type { FileFormat, LoadInput, LoadOutput } from "../protocol.ts";
import { readCsvRecords, type FileRecord } from "../read/csv-records.ts";
import { fieldTexts } from "../read/csv-fields.ts";
import { loadFile } from "./load.ts";

let folder: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "load-"));
  instance = await openDuckDb({ memoryMb: 600, threads: 2, tempDirectory: folder, maxTempMb: 1000 });
  connection = await instance.connect();
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await rm(join(folder, "out"), { recursive: true, force: true });
  await mkdir(join(folder, "out"));
});

const fewer = process.env["FEWER_CASES"] === "1"; // when each changed line is judged by itself

const at = (name: string) => join(folder, "out", name);

async function load(
  bytes: Buffer | string | null,
  format: FileFormat = "csv",
  more: Partial<LoadInput> = {},
  tell: () => void = () => {},
): Promise<LoadOutput> {
  if (bytes !== null) await writeFile(at("in"), bytes);
  await rm(at("text"), { force: true });
  await rm(at("bad"), { force: true });
  const input = { path: at("in"), format, part: "", textPath: at("text"), quarantinePath: at("bad"), scratch: at("") };
  return loadFile(connection, { ...input, known: [], nextColumn: 1, firstRecord: 1, added: [], ...more }, tell);
}

async function textRows(output: LoadOutput): Promise<readonly (readonly unknown[])[]> {
  const columns = output.columns.map(({ number }) => `c${number}`).join(", ");
  const { rows } = await readRows(
    connection,
    `SELECT record_no, ${columns} FROM read_parquet(${literal(at("text"))}) ORDER BY 1`,
    [],
    1e6,
  );
  return rows;
}

async function badRows(output: LoadOutput): Promise<readonly { number: number; offset: number; raw: Buffer; reasons: string }[]> {
  if (output.quarantine === null) return [];
  const statement = `SELECT record_no, byte_offset, raw, reasons FROM read_parquet(${literal(at("bad"))}) ORDER BY 1`;
  const { rows } = await readRows(connection, statement, [], 1e6);
  return rows.map(([number, offset, raw, reasons]) => ({
    number: Number(number),
    offset: Number(offset),
    raw: Buffer.from(String(raw), "base64"),
    reasons: String(reasons),
  }));
}

async function byteRead(bytes: Buffer, fields: number, offset: number): Promise<readonly FileRecord[]> {
  const cut = async function* () {
    for (let from = offset; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
  };
  const records: FileRecord[] = [];
  for await (const each of readCsvRecords(cut(), { ...comma, fields, from: { number: 2, offset }, lineEnd: 0x0a }))
    records.push(each);
  return records;
}

const comma = { delimiter: 0x2c, quote: 0x22 };

interface Written {
  readonly cells: readonly string[];
  readonly bytes: Buffer;
}
const words = [
  "",
  "a",
  "Zoë",
  "12",
  "O'Brien",
  "日本",
  "  two  ",
  "x".repeat(300),
  "\u{1f600}",
  "#",
  "NULL",
  "-",
  "1,5",
  "a;b|c",
];
const oddWords = [
  ...words,
  'say "hi"',
  '"',
  '""',
  "two\nlines",
  "two\r\nlines",
  "\r",
  "\n",
  "\n\n",
  ' "',
  '" ',
  "a\rb",
  '",',
  ',"',
];

function record(chance: Chance, columns: number, list: readonly string[]): Written {
  const cells = Array.from({ length: columns }, () => pick(chance, list));
  const written = cells.map((cell) => {
    const must = /[",\n\r]/.test(cell) || (columns === 1 && cell === "");
    return must || chance() < 0.2 ? `"${cell.replaceAll('"', '""')}"` : cell;
  });
  return { cells, bytes: Buffer.from(written.join(",")) };
}

interface GeneratedFile {
  readonly bytes: Buffer;
  readonly start: number;
  readonly offsets: readonly number[];
  readonly columns: number;
}

/** Records as a file: a header, line ends of one kind or mixed, blank lines, with or without a mark and a last line end. */
function fileOf(chance: Chance, columns: number, records: readonly Buffer[]): GeneratedFile {
  const ends = pick(chance, [["\n"], ["\r\n"], ["\n"], ["\n", "\r\n"]]);
  const blanks = chance() < 0.3 ? 0.2 : 0;
  const mark = chance() < 0.2 ? "\ufeff" : "";
  const parts: Buffer[] = [
    Buffer.from(`${mark}${Array.from({ length: columns }, (_, n) => `h${n}`).join(",")}${pick(chance, ends)}`),
  ];
  let size = parts[0]?.length ?? 0;
  const start = size;
  const offsets: number[] = [];
  records.forEach((bytes, n) => {
    while (chance() < blanks) {
      const blank = Buffer.from(pick(chance, ends));
      parts.push(blank);
      size += blank.length;
    }
    offsets.push(size);
    const last = n === records.length - 1 && chance() < 0.4 ? "" : pick(chance, ends);
    const whole = Buffer.concat([bytes, Buffer.from(last)]);
    parts.push(whole);
    size += whole.length;
  });
  return { bytes: Buffer.concat(parts), start, offsets, columns };
}

describe("clean files", () => {
  test.each([
    ["plain", words, fewer ? 15 : 120],
    ["odd", oddWords, fewer ? 30 : 180],
  ])("%s: both ways of reading give what was written", async (_kind, list, files) => {
    const chance = chanceFrom(_kind.length);
    let fast = 0;
    for (let n = 0; n < files; n += 1) {
      const columns = 1 + Math.floor(chance() * 5);
      const records = Array.from({ length: 1 + Math.floor(chance() * 12) }, () => record(chance, columns, list));
      const file = fileOf(
        chance,
        columns,
        records.map(({ bytes }) => bytes),
      );
      const wanted = records.map(({ cells }, row) => [row + 1, ...cells]);
      const output = await load(file.bytes);
      expect(await textRows(output)).toEqual(wanted);
      expect(output).toMatchObject({
        rowsInFile: records.length,
        rowsLoaded: records.length,
        rowsQuarantined: 0,
        quarantine: null,
      });
      const read = await byteRead(file.bytes, columns, file.start);
      expect(read.map((each) => [each.number, ...fieldTexts(each.bytes, comma)])).toEqual(wanted);
      expect(read.map(({ offset }) => offset)).toEqual(file.offsets);
      if (output.path === "fast") fast += 1;
    }
    expect(fast).toBeGreaterThan(files / 8);
    expect(fast).toBeLessThan(files);
  });
});

describe("a fault in one record never costs another", () => {
  const faults: Readonly<Record<string, (good: Written, columns: number) => Buffer>> = {
    "a field too few": ({ bytes }, columns) =>
      columns === 1 ? Buffer.from('"a"b') : Buffer.from(bytes.toString().startsWith('"') ? '"x"' : "x"),
    "a field too many": ({ bytes }) => Buffer.concat([bytes, Buffer.from(",more")]),
    "a NUL": ({ bytes }) =>
      Buffer.concat([Buffer.from("a\0b"), Buffer.from(",x".repeat(bytes.toString().split(",").length - 1))]),
    "broken UTF-8": (_good, columns) => Buffer.concat([Buffer.from([0x61, 0xff, 0xc3]), Buffer.from(",x".repeat(columns - 1))]),
    "text after a closing quote": (_good, columns) => Buffer.from(`"a"b${",x".repeat(columns - 1)}`),
    "an unclosed quote": (_good, columns) => Buffer.from(`"oops${",x".repeat(columns - 1)}`),
    "an unclosed quote in the last field": (_good, columns) => Buffer.from(`${"x,".repeat(columns - 1)}"oops`),
    "blanks around a quoted field": (_good, columns) => Buffer.from(`"a" ${",x".repeat(columns - 1)}`),
  };
  // cells of quotes and line ends alone can make a stray quote and what follows read as one good record: see below
  const list = [...words, 'say "hi"', "two\nlines", "two\r\nlines", "three\n\nlines", 'it\'s\n"odd"'];

  test.each(Object.keys(faults))("%s, at any row", async (name) => {
    const fault = faults[name];
    if (!fault) throw new Error(`No fault ${name}.`);
    const chance = chanceFrom(name.length * 31);
    for (let n = 0; n < (fewer ? 8 : 40); n += 1) {
      const columns = 1 + Math.floor(chance() * 4);
      const records = Array.from({ length: 3 + Math.floor(chance() * 10) }, () => record(chance, columns, list));
      const where = Math.floor(chance() * records.length);
      const parts = records.map((each, row) => (row === where ? fault(each, columns) : each.bytes));
      const file = fileOf(chance, columns, parts);
      const output = await load(file.bytes);
      const bad = await badRows(output);
      expect(bad.map(({ number }) => number)).toEqual([where + 1]);
      expect(bad[0]).toMatchObject({ offset: file.offsets[where], raw: parts[where] });
      expect(bad[0]?.reasons.length).toBeGreaterThan(10);
      expect(file.bytes.subarray(bad[0]?.offset, (bad[0]?.offset ?? 0) + (bad[0]?.raw.length ?? 0))).toEqual(bad[0]?.raw);
      const wanted = records.flatMap(({ cells }, row) => (row === where ? [] : [[row + 1, ...cells]]));
      expect(await textRows(output)).toEqual(wanted);
      expect(output).toMatchObject({ rowsInFile: records.length, rowsLoaded: records.length - 1, rowsQuarantined: 1 });
    }
  });

  test("many faults at once: each record is in one place, and what is set aside is the file's own bytes", async () => {
    const chance = chanceFrom(99);
    for (let n = 0; n < (fewer ? 8 : 60); n += 1) {
      const columns = 2 + Math.floor(chance() * 3);
      const records = Array.from({ length: 12 }, () => record(chance, columns, words));
      const parts = records.map((each) => (chance() < 0.4 ? pick(chance, Object.values(faults))(each, columns) : each.bytes));
      const file = fileOf(chance, columns, parts);
      const output = await load(file.bytes);
      const bad = await badRows(output);
      const good = await textRows(output);
      expect(output.rowsInFile).toBe(output.rowsLoaded + output.rowsQuarantined);
      expect([...bad.map(({ number }) => number), ...good.map(([number]) => Number(number))].sort((a, b) => a - b)).toEqual(
        Array.from({ length: output.rowsInFile }, (_, row) => row + 1),
      );
      for (const { offset, raw } of bad) expect(file.bytes.subarray(offset, offset + raw.length)).toEqual(raw);
    }
  });

  test("a stray quote before a record whose own quotes close it costs neither", async () => {
    const output = await load('a,b,c\n1,2,3\n"oops,1,1\n",x",2,y\n4,5,6\n');
    expect((await badRows(output)).map(({ raw }) => raw.toString())).toEqual(['"oops,1,1']);
    expect(await textRows(output)).toEqual([
      [1, "1", "2", "3"],
      [3, ",x", "2", "y"],
      [4, "4", "5", "6"],
    ]);
  });

  test("a record of several lines that is itself at fault is set aside whole", async () => {
    const output = await load('a,b\n1,2\n"one\ntwo"x,3\n4,5\n"six\nseven",8,9\n10,11\n');
    expect((await badRows(output)).map(({ number, raw }) => [number, raw.toString()])).toEqual([
      [2, '"one\ntwo"x,3'],
      [4, '"six\nseven",8,9'],
    ]);
    expect(await textRows(output)).toEqual([
      [1, "1", "2"],
      [3, "4", "5"],
      [5, "10", "11"],
    ]);
  });

  test("empty fields past the header's last are dropped, filled ones are a fault", async () => {
    for (const more of ["", "x,y,z\n"]) {
      const output = await load(`a,b\n1,2,\n3,4,,\n5,6,""\n${more}7,8\n`);
      expect((await textRows(output)).map(([, ...cells]) => cells)).toEqual([
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
        ["7", "8"],
      ]);
      expect(output.path).toBe(more === "" ? "fast" : "careful");
    }
  });

  test.each(['a,b\n1, "2"\n', 'a,b\n"1" ,2\n3,4\n', 'a,b\n1,"2"  \n3,4\n', "a,b\nx\ry,2\n", "a,b\n1,2\r"])(
    "what DuckDB would read otherwise goes to the byte reader: %j",
    async (text) => {
      expect((await load(text)).path).toBe("careful");
    },
  );

  test("a cell is kept as it stands, blanks and quotes too", async () => {
    expect(await textRows(await load('a,b\n1, "2" "3"\n x\ry ,"4 "\n'))).toEqual([
      [1, "1", ' "2" "3"'],
      [2, " x\ry ", "4 "],
    ]);
  });

  test.skipIf(fewer)("a million rows with a stray quote in the middle: all others load", async () => {
    const lines = Array.from({ length: 1_000_000 }, (_, n) => (n === 499_999 ? `"${n + 1},stray` : `${n + 1},"row ${n + 1}"`));
    const output = await load(`id,text\n${lines.join("\n")}\n`);
    expect(output).toMatchObject({ rowsInFile: 1_000_000, rowsLoaded: 999_999, rowsQuarantined: 1, path: "careful" });
    const check = `SELECT count(*), count(*) FILTER (record_no::VARCHAR = c1), min(record_no), max(record_no) FROM read_parquet(${literal(at("text"))})`;
    expect((await readRows(connection, check, [], 1)).rows).toEqual([[999_999, 999_999, 1, 1_000_000]]);
    expect(await badRows(output)).toMatchObject([{ number: 500_000, raw: Buffer.from('"500000,stray') }]);
  });

  test.skipIf(fewer)("a large clean file keeps its order and its numbers on the fast path", async () => {
    const output = await load(`id,text\n${Array.from({ length: 400_000 }, (_, n) => `${n + 1},row`).join("\n")}\n`);
    expect(output).toMatchObject({ rowsLoaded: 400_000, path: "fast" });
    const check = `SELECT count(*) FILTER (record_no::VARCHAR = c1) FROM read_parquet(${literal(at("text"))})`;
    expect((await readRows(connection, check, [], 1)).rows).toEqual([[400_000]]);
  });
});

describe("NDJSON", () => {
  test("cells by key, numbers as they are written, faults by line", async () => {
    const lines = [
      '{"a": 1.50, "b": "x"}',
      '{"a": 12345678901234567890, "b": null, "c": [1.0, {"d": 1e400}]}',
      "",
      "not json",
      "[1, 2]",
      '{"b": "two\\nlines \\"q\\"", "a": -0, "__proto__": "p"}',
      '{"a": "nul \\u0000"}',
      "7",
    ];
    const output = await load(`\ufeff${lines.join("\r\n")}`, "ndjson");
    expect(output.columns.map(({ header }) => header)).toEqual(["a", "b", "c", "__proto__"]);
    expect(await textRows(output)).toEqual([
      [1, "1.50", "x", "", ""],
      [2, "12345678901234567890", "", '[1.0,{"d":1e400}]', ""],
      [5, "-0", 'two\nlines "q"', "", "p"],
    ]);
    const bytes = await readFile(at("in"));
    const bad = await badRows(output);
    expect(bad.map(({ number, raw }) => [number, raw.toString()])).toEqual([
      [3, "not json"],
      [4, "[1, 2]"],
      [6, '{"a": "nul \\u0000"}'],
      [7, "7"],
    ]);
    for (const { offset, raw } of bad) expect(bytes.subarray(offset, offset + raw.length)).toEqual(raw);
  });

  test("generated objects come back, whatever lines between them are broken", async () => {
    const chance = chanceFrom(8);
    for (let n = 0; n < (fewer ? 8 : 60); n += 1) {
      const objects = Array.from({ length: 8 }, () => ({ k: pick(chance, oddWords), n: pick(chance, oddWords) }));
      const broken = objects.map(() => chance() < 0.3);
      if (broken.every(Boolean)) continue;
      const lines = objects.map((each, row) =>
        Buffer.concat([Buffer.from(JSON.stringify(each)), Buffer.from(broken[row] ? [0xff] : [])]),
      );
      const end = Buffer.from(pick(chance, ["\n", "\r\n"]));
      const output = await load(Buffer.concat(lines.flatMap((line) => [line, end])), "ndjson");
      expect(await textRows(output)).toEqual(objects.flatMap((each, row) => (broken[row] ? [] : [[row + 1, each.k, each.n]])));
      expect((await badRows(output)).map(({ raw }) => raw)).toEqual(lines.filter((_, row) => broken[row]));
    }
  });
});

describe("files that are no files to load", () => {
  const wide = (columns: number) => `${Array.from({ length: columns }, (_, n) => `h${n}`).join(",")}\n`;
  test.each<[string, Buffer | string, "csv" | "ndjson", string]>([
    ["an empty file", "", "csv", "The file is empty."],
    ["only blank lines", "\n\r\n\n", "csv", "every line is blank"],
    ["a header with a NUL", "a\0,b\n1,2\n", "csv", "The header, line 1, cannot be read."],
    ["a header that is no UTF-8", Buffer.from([0x61, 0xff, 0x2c, 0x62, 0x0a]), "csv", "not UTF-8"],
    ["a header with a quote that nothing closes", '"a,b\n1,2\n', "csv", "never closed"],
    ["2,001 columns", wide(2001), "csv", "2001 columns"],
    ["NDJSON without an object", "1\n2\n", "ndjson", "No line of the file is a JSON object"],
    ["NDJSON of empty objects", "{}\n{}\n", "ndjson", "No line of the file is a JSON object"],
  ])("%s", async (_what, bytes, format, problem) => {
    await expect(load(bytes, format)).rejects.toMatchObject({
      code: "engine.unreadable",
      message: expect.stringContaining(problem) as string,
    });
    expect((await readdir(at(""))).filter((name) => name !== "in")).toEqual([]);
  });

  test("a folder, and nothing at all", async () => {
    await mkdir(at("in"));
    await expect(load(null)).rejects.toMatchObject({ code: "engine.unreadable" });
    await rm(at("in"), { recursive: true });
    await expect(load(null)).rejects.toMatchObject({ code: "engine.unreadable" });
  });

  test("what looks bad and is not", async () => {
    expect(await load("a,b\n")).toMatchObject({ rowsInFile: 0, rowsLoaded: 0, path: "fast" });
    expect(await load("a")).toMatchObject({ rowsInFile: 0, rowsLoaded: 0 });
    expect(await load(`${wide(2000)}${",".repeat(1999)}\n`)).toMatchObject({ rowsLoaded: 1 });
    const output = await load('a,a,"<b onclick=x>","\'; DROP TABLE entry; --",,a (2)\n1,2,3,4,5,6\n');
    expect(output.columns.map(({ header }) => header)).toEqual([
      "a",
      "a (2)",
      "<b onclick=x>",
      "'; DROP TABLE entry; --",
      "column 5",
      "a (2) (2)",
    ]);
    expect(await textRows(output)).toEqual([[1, "1", "2", "3", "4", "5", "6"]]);
    expect(output.notes).toHaveLength(3);
  });

  test("a field of a million characters, plain and quoted, comes back to the last one", async () => {
    const plain = `${"x".repeat(999_999)}y`;
    const quoted = `${'é"",'.repeat(250_000).slice(0, 999_996)}last`;
    for (const broken of ["", "3\n"]) {
      // with a broken record after them the byte reader decides, without one the engine does
      const output = await load(`a,b\n1,${plain}\n2,"${quoted}"\n${broken}`);
      expect(output.path).toBe(broken === "" ? "fast" : "careful");
      expect(output.rowsQuarantined).toBe(broken === "" ? 0 : 1);
      const found = await textRows(output);
      expect(found.map(([number]) => number)).toEqual([1, 2]);
      expect(found[0]?.[2] === plain).toBe(true);
      expect(found[1]?.[2] === quoted.replaceAll('""', '"')).toBe(true);
    }
  });

  test("a record past the 8 MiB that the papers state is set aside with the reason, and costs no other", async () => {
    const output = await load(`a,b\n1,"${"ab,\n".repeat(9000)}"\n2,${"x".repeat(9 * 1024 * 1024)}\n3,c\n`);
    expect([output.rowsInFile, output.rowsLoaded, output.rowsQuarantined]).toEqual([3, 2, 1]);
    expect((await textRows(output)).map(([number, , text]) => [number, String(text).length])).toEqual([
      [1, 36_000],
      [3, 1],
    ]);
    expect((await badRows(output)).map(({ number, reasons }) => [number, reasons])).toEqual([
      [2, expect.stringContaining("It is longer than 8 MiB.")],
    ]);
  });

  test("a file that changes while it is read is refused, and nothing is left", async () => {
    await writeFile(at("in"), "a,b\n1,2\n");
    const grow = () => appendFileSync(at("in"), "3,4\n");
    await expect(load(null, "csv", {}, grow)).rejects.toMatchObject({
      code: "engine.unreadable",
      message: expect.stringContaining("The file changed while it was read.") as string,
    });
    expect(await readdir(at(""))).toEqual(["in"]);
  });

  test("a name with signs of a pattern is a name", async () => {
    await writeFile(at("in[1]*.csv"), "a,b\n1,2\n");
    expect(await load(null, "csv", { path: at("in[1]*.csv") })).toMatchObject({ rowsLoaded: 1, path: "fast" });
  });

  test("a later file goes on counting, and says in each row where it came from", async () => {
    const more = { firstRecord: 101, added: [{ header: "file", value: "it's.csv" }], known: [{ header: "file", number: 7 }] };
    for (const [text, format] of [
      ["a,b\n1,2\n3,4\n", "csv"],
      ["a,b\n1,2\n3,4\n5\n", "csv"],
      ['{"a":1,"b":2}\n{"a":3,"b":4}\n', "ndjson"],
    ] as const) {
      const output = await load(text, format, { ...more, nextColumn: 8 });
      expect(output.columns).toEqual([
        { header: "a", number: 8 },
        { header: "b", number: 9 },
        { header: "file", number: 7 },
      ]);
      expect(await textRows(output)).toEqual([
        [101, "1", "2", "it's.csv"],
        [102, "3", "4", "it's.csv"],
      ]);
      expect((await badRows(output)).map(({ number }) => number)).toEqual(output.rowsQuarantined === 0 ? [] : [103]);
    }
  });

  test("the hash told is the file's", async () => {
    const output = await load("a,b\n1,2\n3\n");
    for (const [name, facts] of [
      ["text", output.text],
      ["bad", output.quarantine],
    ] as const) {
      const hash = createHash("sha256");
      for await (const chunk of createReadStream(at(name))) hash.update(chunk as Buffer);
      expect(facts?.sha256).toBe(hash.digest("hex"));
    }
  });
});

describe("a long file that is only to be described", () => {
  const line = (row: number) => `${row},${"x".repeat(180)},${row % 7}\n`;
  const rows = 620_000; // more than 100 MiB

  test("is told from rows of all its parts, each as it stands and once", async () => {
    await writeLong(line);
    const output = await load(null, "csv", { toDescribe: true });
    expect(output.rowsLoaded).toBeGreaterThan(60_000);
    expect(output.rowsLoaded).toBeLessThan(rows / 5);
    expect(output.notes).toContainEqual(expect.stringMatching(/^The file has \d+ MiB\. This was told from [\d,]+ of its rows/));
    const text = `read_parquet(${literal(at("text"))})`;
    const [sums] = (
      await readRows(
        connection,
        `SELECT count(DISTINCT c1), count_if(c3 <> (c1::INTEGER % 7)::VARCHAR OR length(c2) <> 180), min(c1::INTEGER), max(c1::INTEGER) FROM ${text}`,
        [],
        1,
      )
    ).rows;
    expect(Number(sums?.[0])).toBe(output.rowsLoaded);
    expect(Number(sums?.[1])).toBe(0);
    expect(Number(sums?.[2])).toBe(0);
    expect(Number(sums?.[3])).toBeGreaterThan(rows * 0.97);
  });

  test("is read whole where it cannot be read in pieces, such as one of cells of many lines", async () => {
    await writeLong((row) => `${row},"${"a, b\n".repeat(4000)}",${row % 7}\n`, 5000);
    const output = await load(null, "csv", { toDescribe: true });
    expect(output.rowsLoaded).toBe(5000);
    expect(output.notes.join(" ")).not.toContain("told from");
  });

  test("is read whole by a load", async () => {
    await writeLong(line);
    expect((await load(null)).rowsLoaded).toBe(rows);
  });

  async function writeLong(lineOf: (row: number) => string, lines = rows): Promise<void> {
    await writeFile(at("in"), "a,b,c\n");
    for (let from = 0; from < lines; from += 1000)
      appendFileSync(at("in"), Array.from({ length: 1000 }, (_, step) => lineOf(from + step)).join(""));
  }
});
