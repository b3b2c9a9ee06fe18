const month = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short" });
const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });

export interface TimeTick {
  at: number;
  text: string;
}

/** Dates along the foot, at most `most`: years, or months with the year at each January, or days of one season. */
export function timeTicks(first: number, last: number, most: number): TimeTick[] {
  const days = (last - first) / 86_400_000;
  if (days / 365 >= 2) return years(first, last, most);
  return days > 75 ? months(first, last, most) : someDays(first, last, most);
}

function years(first: number, last: number, most: number): TimeTick[] {
  const from = new Date(first).getUTCFullYear();
  const to = new Date(last).getUTCFullYear();
  const step = [1, 2, 5, 10, 20, 25, 50].find((size) => (to - from) / size < most) ?? 100;
  const ticks: TimeTick[] = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) {
    const at = Date.UTC(year, 0, 1);
    if (at >= first && at <= last) ticks.push({ at, text: String(year) });
  }
  return ticks;
}

function months(first: number, last: number, most: number): TimeTick[] {
  const start = new Date(first);
  const all: TimeTick[] = [];
  for (let count = 0; count < 60; count += 1) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + count, 1);
    if (at > last) break;
    const january = new Date(at).getUTCMonth() === 0;
    if (at >= first) all.push({ at, text: january ? `Jan ${new Date(at).getUTCFullYear()}` : month.format(at) });
  }
  const step = [1, 2, 3, 4, 6].find((size) => all.length / size <= most) ?? 12;
  return all.filter((tick) => new Date(tick.at).getUTCMonth() % step === 0);
}

function someDays(first: number, last: number, most: number): TimeTick[] {
  const span = (last - first) / 86_400_000;
  const step = [1, 2, 7, 14].find((size) => span / size < most) ?? 28;
  const ticks: TimeTick[] = [];
  for (let at = first; at <= last; at += step * 86_400_000) ticks.push({ at, text: day.format(at) });
  return ticks;
}

/** The dates whose words do not run into the words before them. */
export function keepApart(ticks: readonly TimeTick[], x: (at: number) => number, width: (text: string) => number): TimeTick[] {
  let end = -Infinity;
  return ticks.filter((tick) => {
    const half = width(tick.text) / 2;
    const left = Math.max(0, x(tick.at) - half);
    if (left < end + 8) return false;
    end = left + 2 * half;
    return true;
  });
}

/** Moves names apart so that none is nearer than `apart` to the next, all within `range`; the order stays. */
export function spread<T extends { wanted: number }>(
  labels: readonly T[],
  apart: number,
  [top, bottom]: readonly [number, number],
) {
  const placed = labels.map((label) => ({ ...label, y: label.wanted })).sort((one, two) => one.wanted - two.wanted);
  let least = top;
  for (const label of placed) {
    label.y = Math.max(label.y, least);
    least = label.y + apart;
  }
  let most = bottom;
  for (const label of placed.toReversed()) {
    label.y = Math.min(label.y, most);
    most = label.y - apart;
  }
  return placed;
}
