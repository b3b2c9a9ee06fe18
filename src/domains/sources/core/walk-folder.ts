import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";

/** How far a folder is gone through: more files, or deeper folders, are refused and nothing is loaded. */
export const folderLimits = { files: 20_000, depth: 32 } as const;

export interface FoundFile {
  /** Below the folder, with `/` between its parts. */
  readonly file: string;
  readonly bytes: number;
}

export interface WalkedFolder {
  readonly files: readonly FoundFile[];
  /** What was not gone into, each with the reason. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}

/**
 * The files of a folder and of those in it, by name. Links to folders are not followed, so that a loop ends, and links to
 * files only where the file lies in the folder. Hidden files and the lock files of office programs are named as skipped.
 */
export async function walkFolder(root: string, onTooMany: (what: string) => Error): Promise<WalkedFolder> {
  const home = await realpath(root);
  const files: FoundFile[] = [];
  const skipped: { file: string; why: string }[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > folderLimits.depth) throw onTooMany(`folders more than ${folderLimits.depth} deep (${folder})`);
    for (const name of (await readdir(join(home, folder))).toSorted(inOrder)) {
      const file = folder === "" ? name : `${folder}/${name}`;
      const path = join(home, file);
      const found = await lstat(path);
      if (name.startsWith(".") || name.startsWith("~$")) skipped.push({ file, why: "It is a hidden or a lock file." });
      else if (found.isSymbolicLink()) {
        const target = await realpath(path).catch(() => undefined);
        const there = target === undefined ? undefined : await stat(target);
        if (target === undefined || !there) skipped.push({ file, why: "It is a link to nothing." });
        else if (!there.isFile()) skipped.push({ file, why: "It is a link to a folder, which is not followed." });
        else if (!target.startsWith(home + sep)) skipped.push({ file, why: "It is a link to a file outside the folder." });
        else skipped.push({ file, why: `It is a link to ${target.slice(home.length + 1)}, which is read by its own name.` });
      } else if (found.isDirectory()) await walk(file, depth + 1);
      else if (!found.isFile()) skipped.push({ file, why: "It is no ordinary file." });
      else {
        files.push({ file, bytes: found.size });
        if (files.length > folderLimits.files) throw onTooMany(`more than ${folderLimits.files} files`);
      }
    }
  };
  await walk("", 1);
  return { files, skipped };
}

function inOrder(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
