import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { literal, openDuckDb } from "../../src/engine/duckdb.ts";
import type { FaultCase } from "./fault-case.ts";

/** The rows of a statement as a Parquet file. */
async function parquet(select: string): Promise<Buffer> {
  const path = join(tmpdir(), `guildhall-${process.pid}.parquet`);
  const instance = await openDuckDb({ memoryMb: 200, threads: 1, tempDirectory: tmpdir(), maxTempMb: 100 });
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet)`);
    return await readFile(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(path, { force: true });
  }
}

const values = `SELECT 9007199254740993 AS "whole", 1.50::DECIMAL(9, 2) AS exact, true AS yes, DATE '2024-02-29' AS day,
  TIMESTAMP '2024-02-29 09:30:00.5' AS moment, TIMESTAMPTZ '2024-02-29 09:30:00+01' AS zoned, TIME '09:30:00' AS time,
  [1, 2] AS list, {'a': 'x', 'b': [TIMESTAMP '2024-01-01 00:00:00']} AS "a ""structure""", encode('Zoë') AS text_bytes,
  '\\xFF'::BLOB AS bytes, NULL::VARCHAR AS nothing, 'DECIMAL(' AS odd, DATE '9999-12-31' AS late`;

export const parquetCases: readonly FaultCase[] = [
  {
    name: "values as text",
    file: "a.parquet",
    bytes: () => parquet(values),
    expected: {
      parts: [""],
      columns: [
        "whole",
        "exact",
        "yes",
        "day",
        "moment",
        "zoned",
        "time",
        "list",
        'a "structure"',
        "text_bytes",
        "bytes",
        "nothing",
        "odd",
        "late",
      ],
      rows: [
        [
          "9007199254740993",
          "1.50",
          "true",
          "2024-02-29",
          "2024-02-29T09:30:00.5",
          "2024-02-29T08:30:00Z",
          "09:30:00",
          "[1,2]",
          '{"a":"x","b":["2024-01-01 00:00:00"]}',
          "Zoë",
          "0xFF",
          "",
          "DECIMAL(",
          "9999-12-31",
        ],
      ],
      notes: ["Bytes are read as text, and as hexadecimal where they are none: text_bytes, bytes."],
    },
  },
  {
    name: "a NUL in a text sets its row aside",
    file: "a.parquet",
    bytes: () => parquet("SELECT * FROM (VALUES (1, 'x'), (2, 'a' || chr(0) || 'b'), (3, NULL)) AS t(a, b)"),
    expected: { columns: ["a", "b"], rows: [["1", "x"], ["3", ""]], quarantined: [[2, "It holds a NUL character."]] }, // prettier-ignore
  },
  {
    name: "no row",
    file: "a.parquet",
    bytes: () => parquet("SELECT 1 AS a WHERE false"),
    expected: { columns: ["a"], rows: [] },
  },
  {
    name: "a footer of another length than it says",
    file: "a.parquet",
    bytes: async () => {
      const bytes = await parquet(values);
      bytes.writeUInt32LE(bytes.length * 2, bytes.length - 8);
      return bytes;
    },
    expected: { error: "The Parquet file is damaged or cut off." },
  },
  {
    name: "a footer of other bytes",
    file: "a.parquet",
    bytes: async () => {
      const bytes = await parquet(values);
      return bytes.fill(0xff, bytes.length - 60, bytes.length - 8);
    },
    expected: { error: "The Parquet file is damaged or cut off." },
  },
  {
    name: "cut off",
    file: "a.parquet",
    bytes: async () => (await parquet(values)).subarray(0, 300),
    expected: { error: "The Parquet file is damaged or cut off." },
  },
];
