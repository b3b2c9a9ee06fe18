/**
 * The four inner breaks of five classes with as many values in each, from shown values alone; even steps where too many
 * values are alike for that. Nothing when there is no value.
 */
export function breaksOf(values: readonly number[]): readonly [number, number, number, number] | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const low = sorted[0];
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) return undefined;
  const [one, two, three, four] = [1, 2, 3, 4].map((part) => sorted[Math.floor((part * sorted.length) / 5)] ?? high);
  if (one !== undefined && two !== undefined && three !== undefined && four !== undefined)
    if (low < one && one < two && two < three && three < four) return [one, two, three, four];
  const from = low === high ? Math.min(0, low) : low;
  const step = ((low === high ? Math.max(high, from + 1) : high) - from) / 5;
  return [from + step, from + 2 * step, from + 3 * step, from + 4 * step];
}
