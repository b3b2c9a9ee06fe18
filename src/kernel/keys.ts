import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { defineErrors } from "./errors.ts";

/** The hub's secrets. They live outside the data folder, so that a copy of the data alone opens nothing. */
export interface Keys {
  readonly pseudonym: string;
  /** What passwords of databases that data comes from are kept under, 256 bits as hexadecimal digits. */
  readonly connector: string;
}

const names = ["pseudonym", "connector"] as const satisfies readonly (keyof Keys)[];
/** Keys that releases before this one did not make. */
const later: readonly (keyof Keys)[] = ["connector"];

const keysError = defineErrors("keys", {
  unreadable: {
    kind: "unavailable",
    message: (p: { path: string; why: string }) => `The key file ${p.path} cannot be used: ${p.why}.`,
    remedy: "Restore it from where you keep secrets, with permissions 0600, or set GUILDHALL_KEYS to where it is.",
  },
  unwritable: {
    kind: "unavailable",
    message: (p: { path: string; why: string }) => `The key file ${p.path} cannot be made (${p.why}).`,
    remedy: "Make its folder writable for the account that runs the hub, or set GUILDHALL_KEYS to a file in one that is.",
  },
});

/**
 * Reads the key file; makes it, readable by its owner alone, when there is none and `mayMake` allows it. A file of an earlier
 * release gets the keys that it lacks, and keeps those it has.
 */
export function readKeys(path: string, mayMake: boolean): Keys {
  if (!existsSync(path)) {
    if (!mayMake) throw keysError("unreadable", { path, why: "it is missing, and the data folder is not new" });
    return writeKeys(path, Object.fromEntries(names.map((name) => [name, newKey()])) as unknown as Keys, "wx");
  }
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw keysError("unreadable", { path, why: "others may read it" });
  const held = parseKeys(path);
  const lacking = names.filter((name) => held[name] === undefined);
  if (lacking.some((name) => !later.includes(name))) throw keysError("unreadable", { path, why: "a key is missing" });
  if (lacking.length === 0) return held as Keys;
  const added = Object.fromEntries(lacking.map((name) => [name, newKey()]));
  return writeKeys(path, { ...held, ...added } as Keys, "w");
}

function newKey(): string {
  return randomBytes(32).toString("hex");
}

function parseKeys(path: string): Partial<Keys> {
  try {
    const keys = JSON.parse(readFileSync(path, "utf8")) as Partial<Record<keyof Keys, unknown>>;
    const isKey = (key: unknown) => typeof key === "string" && /^[0-9a-f]{64,}$/.test(key);
    if (names.some((name) => keys[name] !== undefined && !isKey(keys[name]))) throw new Error("a key in it is damaged");
    return keys as Partial<Keys>;
  } catch (error) {
    // what stands in it is not quoted: the parser's words would
    const why = error instanceof Error && !(error instanceof SyntaxError) ? error.message : "it is not what Guildhall wrote";
    throw keysError("unreadable", { path, why });
  }
}

/** Writes the whole file beside it and puts it in its place at once: a crash leaves the old one or the new one. */
function writeKeys(path: string, keys: Keys, how: "wx" | "w"): Keys {
  const target = how === "wx" ? path : `${path}.new`;
  try {
    rmSync(`${path}.new`, { force: true });
    const file = openSync(target, "wx", 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(keys)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (target !== path) renameSync(target, path);
    return keys;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it cannot be written";
    throw keysError("unwritable", { path, why: code });
  }
}
