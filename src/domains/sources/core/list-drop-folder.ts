import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { folderLimits } from "./walk-folder.ts";

export interface DroppedFile {
  readonly file: string;
  readonly bytes: number;
  readonly modified: number;
}

/** Names that programs give to what they are still writing or holding. */
const unfinished = /^(?:\.|~\$)|\.(?:part|partial|tmp|temp|crdownload|filepart|download|swp|lock)$/i;

/**
 * The ordinary files that stand in a folder itself, by name. Folders in it, links, hidden files and those that are still being
 * written by their names are left alone. Past 20,000 files `onTooMany` is thrown.
 */
export async function listDropFolder(folder: string, onTooMany: () => Error): Promise<readonly DroppedFile[]> {
  const files: DroppedFile[] = [];
  for (const file of (await readdir(folder)).toSorted()) {
    if (unfinished.test(file)) continue;
    const found = await lstat(join(folder, file)).catch(() => undefined); // gone since
    if (!found?.isFile()) continue;
    files.push({ file, bytes: found.size, modified: Math.trunc(found.mtimeMs) });
    if (files.length > folderLimits.files) throw onTooMany();
  }
  return files;
}
