import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { engineError } from "../errors.ts";
import type { UnpackBudget } from "./unpack-budget.ts";

/** Unpacks a gzip file as a stream. Fails with `engine.unreadable` where it is cut off, damaged or too large. */
export async function gunzip(path: string, name: string, target: string, budget: UnpackBudget): Promise<void> {
  try {
    await pipeline(createReadStream(path), createGunzip(), counted(name, budget), createWriteStream(target));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR")
      throw engineError("unreadable", { problem: `The gzip file “${name}” ends too early. Fetch it again.` });
    if (code.startsWith("Z_"))
      throw engineError("unreadable", { problem: `The gzip file “${name}” is damaged. Fetch it again.` });
    throw error;
  }
}

/** A step of a pipeline that lets pass what the budget has. */
export function counted(name: string, budget: UnpackBudget) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      budget.spend(chunk.length, name);
      yield chunk;
    }
  };
}
