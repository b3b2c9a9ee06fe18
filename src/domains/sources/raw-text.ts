import { isUtf8 } from "node:buffer";

/** Whether some bytes of a quarantined record, base 64, are no text, so that `rawText` shows signs in their place. */
export function isLossy(raw: string): boolean {
  const bytes = Buffer.from(raw, "base64");
  return !isUtf8(bytes) || bytes.includes(0);
}

/** The signs that `rawText` shows. */
export const lostSigns = /[\ufffd\u2400]/;

/** The bytes of a quarantined record, base 64, as text: what is no UTF-8 shows as the replacement sign, and NUL as its own. */
export function rawText(raw: string): string {
  return Buffer.from(raw, "base64").toString("utf8").replaceAll("\0", "␀");
}
