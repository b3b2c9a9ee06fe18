/**
 * Likeness of two texts from 0 to 1 (Jaro 1989, Winkler 1990), byte by byte, as DuckDB's `jaro_winkler_similarity` has
 * it: a common beginning of up to four bytes counts only where the Jaro likeness is over 0.7.
 */
export function jaroWinkler(left: string, right: string): number {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  const jaro = jaroLikeness(one, other);
  if (jaro <= 0.7) return jaro;
  let prefix = 0;
  while (prefix < 4 && prefix < Math.min(one.length, other.length) && one[prefix] === other[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroLikeness(one: Uint8Array, other: Uint8Array): number {
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Uint8Array(one.length);
  const otherMatched: number[] = [];
  other.forEach((byte, at) => {
    const last = Math.min(one.length - 1, at + reach);
    for (let place = Math.max(0, at - reach); place <= last; place += 1) {
      if (taken[place] || one[place] !== byte) continue;
      taken[place] = 1;
      otherMatched.push(byte);
      break;
    }
  });
  const common = otherMatched.length;
  if (common === 0) return 0;
  const oneMatched = one.filter((_, at) => taken[at] === 1);
  const moved = Math.floor(otherMatched.filter((byte, at) => byte !== oneMatched[at]).length / 2);
  return (common / one.length + common / other.length + (common - moved) / common) / 3;
}
