import { constants } from "node:fs";
import { lstat, open, realpath, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { DroppedFile } from "./list-drop-folder.ts";

/**
 * Copies a file of a folder that others write to, as it was met. Nothing is copied, and false given, where it is a link, lies somewhere
 * else by way of one, or has changed since or while it was copied: whoever may write there must not have the hub read what they may not.
 */
export async function copySound(folder: string, met: DroppedFile, target: string): Promise<boolean> {
  const path = join(folder, met.file);
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ELOOP" || error.code === "EMLINK" || error.code === "ENOENT") return undefined;
      throw error;
    },
  );
  if (!file) return false;
  try {
    const isAsMet = async () => {
      const held = await file.stat();
      const there = await lstat(path).catch(() => undefined);
      const home = await realpath(path).catch(() => undefined);
      return (
        held.isFile() &&
        held.size === met.bytes &&
        Math.trunc(held.mtimeMs) === met.modified &&
        there?.ino === held.ino &&
        there.dev === held.dev &&
        home !== undefined &&
        basename(home) === met.file &&
        dirname(home) === (await realpath(folder).catch(() => undefined))
      );
    };
    if (!(await isAsMet())) return false;
    const from = file.createReadStream({ autoClose: false, start: 0 });
    await pipeline(from, createWriteStream(target, { flags: "wx", mode: 0o600 }));
    if (await isAsMet()) return true;
    await rm(target, { force: true });
    return false;
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
