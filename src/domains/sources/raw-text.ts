/** The bytes of a quarantined record, base 64, as text: what is no UTF-8 shows as the replacement sign, and NUL as its own. */
export function rawText(raw: string): string {
  return Buffer.from(raw, "base64").toString("utf8").replaceAll("\0", "␀");
}
