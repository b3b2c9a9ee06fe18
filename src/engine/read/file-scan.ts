import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileFacts, Progress } from "../protocol.ts";
import type { FieldMarks } from "./csv-fields.ts";
import { readLimits } from "./limits.ts";

/** SHA-256 and size of a file. */
export async function hashFile(path: string): Promise<FileFacts> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of readChunks(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** The first bytes of a file, which say what it is. */
export async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(readLimits.headBytes), 0, readLimits.headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A file in large pieces, telling how far it is. */
export async function* readChunks(
  path: string,
  options: { start?: number; tell?: (progress: Progress) => void; step?: string } = {},
): AsyncGenerator<Buffer> {
  const total = (await stat(path)).size;
  let done = options.start ?? 0;
  for await (const chunk of createReadStream(path, { start: done, highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    done += bytes.length;
    options.tell?.({ step: options.step ?? "Reading the file", done, total, unit: "bytes" });
    yield bytes;
  }
}

const [nul, newline, carriageReturn, space] = [0, 0x0a, 0x0d, 0x20];
const overlap = 256;

/**
 * Whether DuckDB reads a delimited file as it is written. It does not where a NUL is in it, where a carriage return
 * stands alone (it may end a row or fail the file), or where blanks stand between a quote and a delimiter: it drops
 * them, and the quotes with them.
 */
export async function readsPlainly(path: string, marks: FieldMarks, start: number): Promise<boolean> {
  let before: Buffer = Buffer.alloc(0);
  for await (const chunk of readChunks(path, { start })) {
    const bytes = before.length === 0 ? chunk : Buffer.concat([before, chunk]);
    if (chunk.includes(nul) || holdsLoneReturn(bytes) || holdsBlankBesideQuote(bytes, marks)) return false;
    before = bytes.subarray(-overlap);
  }
  return before.at(-1) !== carriageReturn;
}

function holdsLoneReturn(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(carriageReturn); at !== -1; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (at + 1 < bytes.length && bytes[at + 1] !== newline) return true;
  }
  return false;
}

function holdsBlankBesideQuote(bytes: Buffer, { delimiter, quote }: FieldMarks): boolean {
  const mark = String.fromCharCode(quote);
  const [before, after] = [` ${mark}`, `${mark} `];
  for (let at = bytes.indexOf(before); at !== -1; at = bytes.indexOf(before, at + 1))
    if (reachesEdge(bytes, at + 1, -1, delimiter)) return true;
  for (let at = bytes.indexOf(after); at !== -1; at = bytes.indexOf(after, at + 1))
    if (reachesEdge(bytes, at, 1, delimiter)) return true;
  return false;
}

/** Whether nothing but blanks, and one at least, stands between a quote and a delimiter, a line end or an end of the bytes. */
function reachesEdge(bytes: Buffer, from: number, step: 1 | -1, delimiter: number): boolean {
  let at = from + step;
  if (bytes[at] !== space) return false;
  while (bytes[at] === space) at += step;
  const edge = bytes[at];
  return edge === undefined || edge === delimiter || edge === newline || edge === carriageReturn;
}
