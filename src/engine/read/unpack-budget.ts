import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";

/** How much may be unpacked out of one file in all, however deep things stand in it: a small file must not fill a disk. */
export class UnpackBudget {
  readonly #limit: number;
  #used = 0;

  constructor(packedBytes: number) {
    const { unpackedFloor, unpackedTimes, unpackedBytes } = readLimits;
    this.#limit = Math.min(Math.max(unpackedFloor, unpackedTimes * packedBytes), unpackedBytes);
  }

  /** Refuses what would pass the limit; `name` is what is being unpacked. */
  spend(bytes: number, name: string): void {
    this.#used += bytes;
    this.check(0, name);
  }

  check(bytes: number, name: string): void {
    if (this.#used + bytes <= this.#limit) return;
    const mib = Math.round(this.#limit / 1024 / 1024).toLocaleString("en-GB");
    throw engineError("unreadable", {
      problem: `“${name}” unpacks to more than ${mib} MiB, which is more than a file of this size may. Unpack it yourself, look at it, and load what is in it.`,
    });
  }
}
