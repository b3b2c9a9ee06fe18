import { isAscii, isUtf8 } from "node:buffer";
import { readChunks } from "./file-scan.ts";
import type { Progress } from "../protocol.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** How the text of a file is written, and how many bytes of a byte order mark stand before it. */
export interface TextEncoding {
  readonly encoding: Encoding;
  readonly skip: number;
}

/** Windows-1252 where at least this share of what is not ASCII cannot be UTF-8. */
const mostlyNot = 0.9;

/**
 * How a file's text is written. A byte order mark decides; then NUL bytes at every other place, which only UTF-16 has; then
 * all of the file: it is Windows-1252 when nearly everything in it beyond ASCII cannot be UTF-8 and is a character that
 * people write in Windows-1252. So one broken record in a UTF-8 file stays one broken record. A file of ASCII with a
 * single pound sign of Windows-1252 is Windows-1252; one with a single byte FF is UTF-8 with a fault.
 */
export async function detectEncoding(path: string, head: Buffer, tell?: (progress: Progress) => void): Promise<TextEncoding> {
  const early = encodingOfHead(head);
  if (early) return early;
  const counts = { valid: 0, invalid: 0, unlikely: 0 };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of readChunks(path, tell ? { tell, step: "Looking at the letters" } : {})) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = lastStart(bytes);
    countSequences(bytes.subarray(0, cut), counts);
    rest = bytes.subarray(cut);
  }
  countSequences(rest, counts);
  const { valid, invalid, unlikely } = counts;
  const windows = invalid > 0 && invalid >= mostlyNot * (invalid + valid) && unlikely <= invalid / 100;
  return { encoding: windows ? "windows-1252" : "utf-8", skip: 0 };
}

/** What the first bytes alone decide: byte order marks, and the NULs of UTF-16. */
export function encodingOfHead(head: Buffer): TextEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", skip: 2 };
  const nuls = [0, 0];
  const pairs = Math.min(head.length, 4096) >> 1;
  for (let at = 0; at < 2 * pairs; at += 1) if (head[at] === 0) nuls[at & 1] = (nuls[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (odd > pairs / 2 && even < odd / 10) return { encoding: "utf-16le", skip: 0 };
  if (even > pairs / 2 && odd < even / 10) return { encoding: "utf-16be", skip: 0 };
  return undefined;
}

/** The beginning of a file as text, good enough to see what it is. */
export function headText(head: Buffer): string {
  const found = encodingOfHead(head);
  const bytes = head.subarray(found?.skip ?? 0);
  return new TextDecoder(found?.encoding ?? (isUtf8(bytes.subarray(0, lastStart(bytes))) ? "utf-8" : "windows-1252")).decode(
    bytes,
  );
}

/** Where the last character of some bytes starts: it may go on in what follows. */
function lastStart(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

function countSequences(bytes: Buffer, counts: { valid: number; invalid: number; unlikely: number }): void {
  if (isAscii(bytes)) return;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      at += 1;
      continue;
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (byte >= 0xc2 && byte <= 0xf4 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
      counts.valid += 1;
      at += length;
    } else {
      counts.invalid += 1;
      if (unlikelyBytes.has(byte)) counts.unlikely += 1;
      at += 1;
    }
  }
}

/** Bytes that are no character in Windows-1252, and ÿ, which a fault leaves more often than a writer. */
const unlikelyBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xff]);
