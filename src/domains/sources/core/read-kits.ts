import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseKit, type Kit } from "./kit.ts";

export interface KitsRead {
  readonly kits: readonly Kit[];
  /** What is wrong with kits that cannot be used, each with its file. */
  readonly problems: readonly string[];
}

const here = import.meta.url;
/** The kits that come with the program: beside `src` in a checkout, beside `dist` where it is built. */
export const shippedKits = fileURLToPath(new URL(here.endsWith(".ts") ? "../../../../kits/" : "../kits/", here));

const held = new Map<string, Promise<KitsRead>>();

/** The shipped kits and those of a place's own folder, which count before a shipped one of the same name; read once. */
export function readKits(own: string): Promise<KitsRead> {
  const found = held.get(own) ?? readBoth(own);
  held.set(own, found);
  return found;
}

async function readBoth(own: string): Promise<KitsRead> {
  const [shipped, added] = [await readKitFolder(shippedKits), own === "" ? { kits: [], problems: [] } : await readKitFolder(own)];
  const names = new Set(added.kits.map(({ name }) => name));
  const kits = [...shipped.kits.filter(({ name }) => !names.has(name)), ...added.kits];
  return {
    kits: kits.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    problems: [...shipped.problems, ...added.problems],
  };
}

/** The kits in the folders of one folder. A folder that is not there is a problem, and so is one without a kit. */
async function readKitFolder(folder: string): Promise<KitsRead> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (!entries) return { kits: [], problems: [`${folder}: there is no such folder, or it cannot be read`] };
  const kits: Kit[] = [];
  const problems: string[] = [];
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const read = await readKit(join(folder, entry.name));
    kits.push(...(read.kit ? [read.kit] : []));
    problems.push(...read.problems);
  }
  return { kits, problems };
}

/** The kit in one folder, or what is wrong with it: file, place and fault in a sentence each. */
export async function readKit(folder: string): Promise<{ readonly kit: Kit | null; readonly problems: readonly string[] }> {
  const path = join(folder, "kit.yaml");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return { kit: null, problems: [`${path}: there is no such file, or it cannot be read`] };
  const { kit, problems } = parseKit(text);
  if (kit === null) return { kit: null, problems: problems.map((problem) => `${path}: ${problem}`) };
  if (kit.name !== basename(folder))
    return { kit: null, problems: [`${path}: name: it is “${kit.name}”, and its folder “${basename(folder)}”`] };
  return { kit, problems: [] };
}
