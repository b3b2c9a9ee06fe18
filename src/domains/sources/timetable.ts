import { Cron } from "croner";
import { sourcesError } from "./errors.ts";

/** The time that timetables are in, whatever the machine's clock says. */
const zone = "Europe/London";

/** No source is asked more often than this. */
const leastGapMinutes = 5;

export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdays)[number];
/** How often, in the words that people choose from; `cron` for those who write the line themselves. */
export type Every = "hour" | "day" | "weekday" | Weekday | "cron";

export interface Timetable {
  readonly every: Every;
  /** `HH:MM`; of the hourly one only the minutes count. */
  readonly at: string;
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
}

/**
 * The cron line of what was chosen. Fails with `sources.no-timetable` where it cannot be read, never comes, or comes more often
 * than every five minutes.
 */
export function cronOf({ every, at, cron }: { every: string; at: string; cron: string }, now: number): string {
  if (every === "cron") return checked(cron, now);
  const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(at.trim());
  if (every === "hour") return `${Number(clock?.[2] ?? 0)} * * * *`;
  if (!clock) throw sourcesError("no-timetable", { why: "it says no time of the day" }, { at: "Write a time such as 06:00." });
  const time = `${Number(clock[2])} ${Number(clock[1])}`;
  if (every === "day") return `${time} * * *`;
  if (every === "weekday") return `${time} * * 1-5`;
  const day = weekdays.indexOf(every as Weekday);
  if (day < 0) throw sourcesError("no-timetable", { why: "it does not say how often" }, { every: "Choose how often." });
  return `${time} * * ${(day + 1) % 7}`;
}

/** What a cron line is in the words of the form. */
export function timetableOf(cron: string): Timetable {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = cron.split(" ");
  const plain = /^\d+$/;
  const own: Timetable = { every: "cron", at: "", cron };
  if (!plain.test(minute) || day !== "*" || month !== "*") return own;
  if (hour === "*" && weekday === "*") return { every: "hour", at: `00:${minute.padStart(2, "0")}`, cron };
  if (!plain.test(hour)) return own;
  const at = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (weekday === "*") return { every: "day", at, cron };
  if (weekday === "1-5") return { every: "weekday", at, cron };
  const named = /^[0-6]$/.test(weekday) ? weekdays[(Number(weekday) + 6) % 7] : undefined;
  return named === undefined ? own : { every: named, at, cron };
}

/** “Every Monday at 06:00”. */
export function timetableWords(cron: string): string {
  const { every, at } = timetableOf(cron);
  if (every === "cron") return `By the cron line “${cron}”`;
  if (every === "hour") return `Every hour, ${Number(at.slice(3))} minutes past`;
  if (every === "day") return `Every day at ${at}`;
  if (every === "weekday") return `Monday to Friday at ${at}`;
  return `Every ${every.charAt(0).toUpperCase()}${every.slice(1)} at ${at}`;
}

/**
 * The next times after an instant. Where the clocks go forward, a time that does not exist is taken at the end of the gap; where
 * they go back, a time that comes twice is taken once, the first time. An hourly one comes with every hour that passes.
 */
export function nextTimes(cron: string, after: number, count: number): readonly number[] {
  const timetable = new Cron(cron, { timezone: zone, mode: "5-part", paused: true });
  return timetable.nextRuns(count, new Date(after)).map((date) => date.getTime());
}

function checked(line: string, now: number): string {
  const cron = line.trim().split(/\s+/).join(" ");
  const refuse = (why: string) => sourcesError("no-timetable", { why }, { cron: "Write five fields, such as 0 6 * * 1-5." });
  if (cron.split(" ").length !== 5) throw refuse("a cron line has five fields");
  let times: readonly number[];
  try {
    times = nextTimes(cron, now, 50);
  } catch {
    throw refuse("a field of it cannot be read");
  }
  if (times.length === 0) throw refuse("no such time ever comes");
  if (times.some((time, at) => at > 0 && time - (times[at - 1] ?? 0) < leastGapMinutes * 60_000))
    throw refuse(`it comes more often than every ${leastGapMinutes} minutes`);
  return cron;
}
