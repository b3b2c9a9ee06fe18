import { createHash } from "node:crypto";

/**
 * A string that occurs nowhere by chance: "zqx" and fifteen letters that rarely meet. Put where nobody may read, it shows
 * up in any page, log or file that leaks. The same index gives the same canary on every machine.
 */
export function canaryOf(index: number): string {
  const hash = createHash("sha256").update(`guildhall canary ${index}`).digest();
  return `zqx${Array.from(hash.subarray(0, 15), (byte) => "bcdfghjkvwxqz"[byte % 13]).join("")}`;
}
