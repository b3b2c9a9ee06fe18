import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { FileFacts, Progress } from "../protocol.ts";

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

/** Whether a byte that no text file holds occurs anywhere. */
export async function holdsNul(path: string): Promise<boolean> {
  for await (const chunk of readChunks(path)) if (chunk.includes(0)) return true;
  return false;
}
