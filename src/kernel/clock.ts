/** Now, in UTC milliseconds. Injected, so that tests and replays decide the time. */
export type Clock = () => number;

const londonParts = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const londonTime = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const londonIso = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short" });

/** An instant as people read it: "12 November 2026, 14:05", Europe/London. */
export function formatInstant(instant: number): string {
  return `${londonParts.format(instant)}, ${londonTime.format(instant)}`;
}

/** A civil date (`2026-11-12`) as people read it: "12 November 2026". Text that is no date comes back as it was. */
export function formatDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!match) return date;
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(
    Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])),
  );
}

/** The civil date in Europe/London at an instant, `YYYY-MM-DD`. */
export function civilDate(instant: number): string {
  return londonIso.format(instant);
}

/** The instant at which a civil date begins in Europe/London; nothing for text that is no date. */
export function startOfDay(date: string): number | undefined {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight)) return undefined;
  return [midnight - 3_600_000, midnight].find((instant) => civilDate(instant) === date);
}
