import { randomBytes } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no i, l, o, u

/** A new id such as `src_01j9z…`: nine characters of time, so that ids sort by age, and 80 bits of chance. */
export function newId(prefix: string, now: number = Date.now()): string {
  return `${prefix}_${base32(BigInt(now), 9)}${base32(BigInt(`0x${randomBytes(10).toString("hex")}`), 16)}`;
}

/** A secret of 160 bits for links, cookies and tokens. */
export function newSecret(): string {
  return base32(BigInt(`0x${randomBytes(20).toString("hex")}`), 32);
}

function base32(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let at = 0; at < length; at += 1) {
    text = (alphabet[Number(rest & 31n)] ?? "") + text;
    rest >>= 5n;
  }
  return text;
}
