import { open } from "node:fs/promises";
import { readChunks } from "./file-scan.ts";
import type { TextEncoding } from "./encoding.ts";

/**
 * Writes a text that is not UTF-8 anew as UTF-8. What is no text in UTF-16 (half of a pair, an odd last byte) becomes a byte
 * that is no UTF-8 either, so that the record it stands in is set aside like any other with a broken character.
 */
export async function transcode(path: string, { encoding, skip }: TextEncoding, target: string): Promise<void> {
  const decode = encoding === "windows-1252" ? windowsDecoder() : wideDecoder(encoding === "utf-16be");
  const handle = await open(target, "w");
  try {
    for await (const chunk of readChunks(path, { start: skip })) await handle.writeFile(decode(chunk));
    await handle.writeFile(decode(undefined));
  } finally {
    await handle.close();
  }
}

/** Takes a chunk, or nothing at the end, and gives UTF-8. */
type Decoder = (chunk: Buffer | undefined) => Buffer;

function windowsDecoder(): Decoder {
  const decoder = new TextDecoder("windows-1252");
  return (chunk) => Buffer.from(chunk ? decoder.decode(chunk, { stream: true }) : "");
}

function wideDecoder(bigEnd: boolean): Decoder {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    if (!chunk) return rest.length === 0 ? rest : notUtf8;
    const bytes = Buffer.concat([rest, chunk]);
    let end = bytes.length & ~1;
    if (end >= 2 && isHighHalf(bytes[end - (bigEnd ? 2 : 1)] ?? 0)) end -= 2;
    rest = Buffer.from(bytes.subarray(end));
    const units = Buffer.from(bytes.subarray(0, end));
    const text = (bigEnd ? units.swap16() : units).toString("utf16le");
    return text.isWellFormed() ? Buffer.from(text) : Buffer.concat([...wellFormedParts(text)]);
  };
}

const notUtf8 = Buffer.from([0xff]);

function isHighHalf(byte: number): boolean {
  return byte >= 0xd8 && byte <= 0xdb;
}

function* wellFormedParts(text: string): Generator<Buffer> {
  let from = 0;
  for (const { index } of text.matchAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g)) {
    yield Buffer.from(text.slice(from, index));
    yield notUtf8;
    from = index + 1;
  }
  yield Buffer.from(text.slice(from));
}
