import { readdirSync } from "node:fs";
import { join } from "node:path";

export interface Import {
  /** What the file names, or `null` where it is worked out when the program runs and cannot be read here. */
  readonly specifier: string | null;
  readonly line: number;
}

// White space and comments may stand between any two words.
const gap = String.raw`(?:\s|/\*(?:(?!\*/)[\s\S])*\*/|//[^\n]*\n)*`;
const text = String.raw`(?:"([^"\n]*)"|'([^'\n]*)'|\`([^\`]*)\`)`;
const word = String.raw`(?<![\w$.#])`;
const patterns = [
  // `import x from "a"`, `export * from "a"`; `import "a"`; `import("a")`, also in a type
  new RegExp(String.raw`${word}from${gap}${text}`, "g"),
  new RegExp(String.raw`${word}import${gap}\(?${gap}${text}`, "g"),
  // ways of loading a module that are not an import at all
  new RegExp(String.raw`\brequire${gap}\(${gap}${text}?`, "g"),
  new RegExp(String.raw`\bgetBuiltinModule${gap}\(${gap}${text}?`, "g"),
];
const computed = new RegExp(String.raw`${word}import${gap}\(${gap}(?!["'\`\s/])`, "g");
const bypasses = /\bcreateRequire\b|\bprocess\s*\.\s*(?:binding|dlopen)\b/g;

/**
 * Every module that a source text names, in any form. It reads too much rather than too little: words inside strings
 * and comments count, so nothing can hide in one, and a text that only looks like an import is to be reworded.
 */
export function readImports(source: string): readonly Import[] {
  const found: Import[] = [];
  const lineAt = (at: number) => source.slice(0, at).split("\n").length;
  for (const pattern of patterns) {
    for (const match of source.matchAll(pattern)) {
      const specifier = match[1] ?? match[2] ?? match[3] ?? null;
      const plain = specifier !== null && !/[\\$]/.test(specifier);
      found.push({ specifier: plain ? specifier : null, line: lineAt(match.index) });
    }
  }
  for (const match of source.matchAll(computed)) found.push({ specifier: null, line: lineAt(match.index) });
  for (const match of source.matchAll(bypasses)) found.push({ specifier: null, line: lineAt(match.index) });
  return found;
}

/** Every TypeScript file below a folder, as paths with `/` from that folder, sorted. */
export function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/").replace(/^\//, ""))
    .sort();
}
