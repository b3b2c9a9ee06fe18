// Finds canaries in whatever a hub gave away or left behind: pages, headers, logs, files, compressed or not.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import type { TestDatabase } from "./duckdb.ts";

export interface Finder {
  /** The canaries that a text holds: as such, in capitals, in base 64, in an address, with thousands separated. */
  readonly inText: (text: string) => readonly string[];
  /** The canaries that a file holds; what is compressed is looked into, and so is Parquet. */
  readonly inFile: (path: string, database: TestDatabase) => Promise<readonly string[]>;
  /** The canaries that files below the folders hold, with the file. */
  readonly inFolders: (folders: readonly string[], database: TestDatabase) => Promise<readonly string[]>;
}

/** Canaries are words that begin with zqx, and amounts of eight digits with pence. */
export function findCanaries(canaries: readonly string[]): Finder {
  const words = new Set(canaries.filter((text) => text.startsWith("zqx")));
  const amounts = new Map(canaries.filter((text) => /^\d{8}[.]\d\d$/.test(text)).map((text) => [text.slice(0, 8), text]));
  if (words.size + amounts.size !== canaries.length) throw new Error("There is a canary of a kind that nobody looks for.");

  const plainly = (text: string): string[] => {
    const found = [...text.matchAll(/zqx[a-z]{15}/gi)].map(([word]) => word.toLowerCase()).filter((word) => words.has(word));
    const digits = withoutSeparators(text).matchAll(/(?<!\d)(\d[.]?\d{7})(?!\d)/g);
    return [...found, ...[...digits].flatMap(([, run = ""]) => amounts.get(run.replace(".", "")) ?? [])];
  };
  const inText = (text: string): readonly string[] => [
    ...new Set([...plainly(text), ...[...text.matchAll(/[\w+/-]{16,}/g)].flatMap(([run]) => decodings(run).flatMap(plainly))]),
  ];
  const inBytes = (bytes: Buffer): readonly string[] => [
    ...inText(bytes.toString("latin1")),
    ...[...amounts.values()].filter((text) => binaryForms(Number(text)).some((form) => bytes.includes(form))),
  ];
  const inFile = async (path: string, database: TestDatabase): Promise<readonly string[]> => {
    const bytes = await readFile(path);
    const found = [bytes, ...unpacked(bytes)].flatMap(inBytes);
    if (bytes.subarray(0, 4).toString("latin1") !== "PAR1") return found;
    const rows = await database.rows({ text: "SELECT CAST(r AS VARCHAR) AS cells FROM read_parquet($1) r", params: [path] });
    return [...found, ...rows.flatMap(({ cells }) => inText(JSON.stringify(cells)))];
  };
  return {
    inText,
    inFile,
    inFolders: async (folders, database) => {
      const found: string[] = [];
      for (const folder of folders) {
        for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
          const path = join(entry.parentPath, entry.name);
          if (entry.isFile()) found.push(...[...new Set(await inFile(path, database))].map((text) => `${text} in ${path}`));
        }
      }
      return found;
    },
  };
}

function withoutSeparators(text: string): string {
  return text.replaceAll(/(?<=\d)(?:,|%2C|&nbsp;|&#160;|&#8239;|[\u00A0\u2009\u202F ’'_])(?=\d{3}(?!\d))/gi, "");
}

/** What a run of letters may say in base 64, from each place where it may begin. */
function decodings(run: string): readonly string[] {
  return [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64").toString("latin1"));
}

function binaryForms(value: number): readonly Buffer[] {
  const forms = [Buffer.alloc(8), Buffer.alloc(4), Buffer.alloc(8), Buffer.alloc(8)] as const;
  forms[0].writeDoubleLE(value);
  forms[1].writeInt32LE(Math.trunc(value));
  forms[2].writeBigInt64LE(BigInt(Math.round(value * 100))); // as a decimal of two places
  forms[3].writeBigInt64LE(BigInt(Math.trunc(value)));
  return forms;
}

function unpacked(bytes: Buffer): readonly Buffer[] {
  return [gunzipSync, inflateSync, zstdDecompressSync, brotliDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)];
    } catch {
      return [];
    }
  });
}

/**
 * What stands beside a name on a page or in a file: the rest of each row, line or object that holds it, as text, and
 * outside of these the words around it, as in a chart.
 */
export function besideName(text: string, name: string): readonly string[] {
  if (!text.includes(name)) return [];
  const rows = [...text.matchAll(/<tr[ >].*?<\/tr>/gs)].map(([row]) => row).filter((row) => row.includes(name));
  const rest = rows.reduce((left, row) => left.replace(row, "\n"), text);
  const lines = rest.includes("<html")
    ? around(plain(rest), name)
    : rest.split(/\r?\n|(?<=\}),/).filter((line) => line.includes(name));
  return [...rows.map(plain), ...lines].map((line) => line.replaceAll(name, ""));
}

function around(text: string, name: string): readonly string[] {
  return text
    .split(name)
    .slice(1)
    .map((after, at) => `${(text.split(name)[at] ?? "").slice(-40)} ${after.slice(0, 40)}`);
}

function plain(html: string): string {
  return html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

const moment = /\b\d{1,2} [A-Z][a-z]+ \d{4}(?:, \d{2}:\d{2})?|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?/g;

/** The whole numbers and decimals of a text, thousands separated or not; days and times of day are none. */
export function numbersIn(text: string): readonly number[] {
  return [...withoutSeparators(text.replaceAll(moment, " ")).matchAll(/(?<![\w.-])\d+(?:[.]\d+)?(?![\w-])/g)].map(([number]) =>
    Number(number),
  );
}
