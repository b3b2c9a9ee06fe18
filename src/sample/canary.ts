import { createHash } from "node:crypto";

/**
 * A string that occurs nowhere by chance: "zqx" and fifteen letters that rarely meet. Put where nobody may read, it shows
 * up in any page, log or file that leaks. The same index gives the same canary on every machine.
 */
export function canaryOf(index: number): string {
  const hash = createHash("sha256").update(`guildhall canary ${index}`).digest();
  return `zqx${Array.from(hash.subarray(0, 15), (byte) => "bcdfghjkvwxqz"[byte % 13]).join("")}`;
}

/**
 * An amount that occurs nowhere by chance: eight digits, no digit twice in a row, and pence. A page that leaks it shows
 * its digits, with or without separators.
 */
export function numberCanaryOf(index: number): string {
  const hash = createHash("sha256").update(`guildhall number canary ${index}`).digest();
  const digits = [7];
  for (const byte of hash.subarray(0, 7)) digits.push(((digits.at(-1) ?? 0) + 1 + (byte % 9)) % 10);
  return `${digits.join("")}.25`;
}
