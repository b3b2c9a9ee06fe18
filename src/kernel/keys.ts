import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { defineErrors } from "./errors.ts";

/** The hub's secrets. They live outside the data folder, so that a copy of the data alone opens nothing. */
export interface Keys {
  readonly pseudonym: string;
}

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

/** Reads the key file; makes it, readable by its owner alone, when there is none and `mayMake` allows it. */
export function readKeys(path: string, mayMake: boolean): Keys {
  if (!existsSync(path)) {
    if (!mayMake) throw keysError("unreadable", { path, why: "it is missing, and the data folder is not new" });
    try {
      writeFileSync(path, `${JSON.stringify({ pseudonym: randomBytes(32).toString("hex") })}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "it cannot be written";
      throw keysError("unwritable", { path, why: code });
    }
  }
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw keysError("unreadable", { path, why: "others may read it" });
  try {
    const keys = JSON.parse(readFileSync(path, "utf8")) as Partial<Keys>;
    if (typeof keys.pseudonym !== "string" || keys.pseudonym.length < 64) throw new Error("a key is missing");
    return { pseudonym: keys.pseudonym };
  } catch (error) {
    throw keysError("unreadable", { path, why: error instanceof Error ? error.message : "it is not what Guildhall wrote" });
  }
}
