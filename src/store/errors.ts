import { defineErrors, GuildhallError } from "../kernel/errors.ts";

export const storeError = defineErrors("store", {
  "no-space": {
    kind: "unavailable",
    message: () => "The disk that holds the hub’s records is full or refuses to be written.",
    remedy: "Free some space or mend its permissions, then try again. What was being saved was not saved; all else is as it was.",
  },
  damaged: {
    kind: "broken",
    message: (p: { file: string }) => `The hub’s records in ${p.file} are damaged.`,
    remedy: "Restore the last backup into another folder: “guildhall restore DIR”.",
  },
  newer: {
    kind: "unsupported",
    message: (p: { file: string; step: string }) => `The records in ${p.file} were written by a newer Guildhall (${p.step}).`,
    remedy: "Start that newer version, or restore a backup that this one made. Nothing was changed.",
  },
});

const full = new Set([8, 10, 13, 14]); // read-only, input or output, full, cannot open
const damaged = new Set([11, 26]); // corrupt, not a database

/** What SQLite says of the disk or the file, in words; anything else as it came. */
export function asStoreError<E>(error: E, file: string): E | GuildhallError {
  if (error instanceof GuildhallError || !(error instanceof Error) || !("errcode" in error)) return error;
  const code = Number(error.errcode) & 0xff; // above stand details of the same kind
  if (full.has(code)) return storeError("no-space", {});
  return damaged.has(code) ? storeError("damaged", { file }) : error;
}
