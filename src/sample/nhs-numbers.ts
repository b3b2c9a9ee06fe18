import type { Random } from "./random.ts";

/**
 * NHS numbers that nobody has: 999 000 0000 to 999 999 9999 is kept for testing. Each is valid and given once; stems
 * whose check digit would be 10 are skipped, as the NHS does.
 */
export function nhsNumbers(random: Random, count: number): readonly string[] {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const stem = `999${String(random.between(0, 999_998)).padStart(6, "0")}`;
    const check = checkDigit(stem);
    if (check < 10) numbers.add(`${stem}${check}`);
  }
  return [...numbers];
}

function checkDigit(stem: string): number {
  const sum = Array.from(stem, Number).reduce((sum, digit, at) => sum + digit * (10 - at), 0);
  return (11 - (sum % 11)) % 11;
}
