import { join } from "node:path";
import type { LoadInput, Progress } from "../protocol.ts";
import { detectEncoding } from "../read/encoding.ts";
import { readHead } from "../read/file-scan.ts";
import { transcode } from "../read/transcode.ts";

/** A text in UTF-8: where it is, and how many bytes of a byte order mark stand before it. */
export interface ReadyText {
  readonly path: string;
  readonly skip: number;
  readonly notes: readonly string[];
}

const names = { "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252" } as const;

/** A file as UTF-8 text: itself, or a copy in scratch where it is written otherwise, which a note tells. */
export async function readyText(
  input: Pick<LoadInput, "path" | "scratch">,
  tell: (progress: Progress) => void,
): Promise<ReadyText> {
  const found = await detectEncoding(input.path, await readHead(input.path), tell);
  if (found.encoding === "utf-8") return { path: input.path, skip: found.skip, notes: [] };
  const path = join(input.scratch, "utf-8.txt");
  await transcode(input.path, found, path);
  const name = names[found.encoding];
  return { path, skip: 0, notes: [`The file is written as ${name}. Places in it are counted in the text as UTF-8.`] };
}
