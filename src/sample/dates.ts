/** The day the town is seen on. Everything in it is dated relative to this, so that it never goes stale on its own. */
export const asAt = "2026-03-31";

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `DD/MM/YYYY`, as most UK systems export. */
export function dayFirst(date: string): string {
  return `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** Completed years between a birth and a day. */
export function ageOn(birth: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
}
