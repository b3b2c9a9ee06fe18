import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronOf, nextTimes, timetableOf, timetableWords } from "./timetable.ts";

const now = Date.parse("2026-11-25T12:00Z");
const chosen = (every: string, at = "", cron = "") => cronOf({ every, at, cron }, now);
const iso = (cron: string, after: string, count: number) =>
  nextTimes(cron, Date.parse(after), count).map((time) => new Date(time).toISOString().replace(":00.000Z", "Z"));

test.each([
  ["hour", "00:15", "15 * * * *", "Every hour, 15 minutes past"],
  ["hour", "", "0 * * * *", "Every hour, 0 minutes past"],
  ["day", "06:00", "0 6 * * *", "Every day at 06:00"],
  ["weekday", "6.30", "30 6 * * 1-5", "Monday to Friday at 06:30"],
  ["monday", "23:59", "59 23 * * 1", "Every Monday at 23:59"],
  ["sunday", "0:00", "0 0 * * 0", "Every Sunday at 00:00"],
])("%s at %j is %j: %s", (every, at, cron, words) => {
  expect(chosen(every, at)).toBe(cron);
  expect(timetableWords(cron)).toBe(words);
  expect(chosen(timetableOf(cron).every, timetableOf(cron).at)).toBe(cron);
});

test.each([
  ["  0  6 1 * *  ", "0 6 1 * *"],
  ["*/15 8-18 * * 1-5", "*/15 8-18 * * 1-5"],
  ["0 6 L * *", "0 6 L * *"],
])("the cron line %j is kept", (line, cron) => {
  expect(chosen("cron", "", line)).toBe(cron);
  expect(timetableWords(cron)).toBe(`By the cron line “${cron}”`);
});

test.each([
  ["day", "", "", "no time of the day"],
  ["day", "24:00", "", "no time of the day"],
  ["monday", "6", "", "no time of the day"],
  ["fortnight", "06:00", "", "how often"],
  ["", "06:00", "", "how often"],
  ["cron", "", "0 6 * *", "five fields"],
  ["cron", "", "0 0 6 * * *", "five fields"],
  ["cron", "", "@daily", "five fields"],
  ["cron", "", "61 6 * * *", "cannot be read"],
  ["cron", "", "x y z a b", "cannot be read"],
  ["cron", "", "0 6 30 2 *", "ever comes"],
  ["cron", "", "* * * * *", "more often"],
  ["cron", "", "0,4 6 * * *", "more often"],
])("%s %j %j is refused: %s", (every, at, cron, why) => {
  expect(() => chosen(every, at, cron)).toThrow(expect.objectContaining({ code: "sources.no-timetable" }));
  expect(() => chosen(every, at, cron)).toThrow(why);
});

describe("in London", () => {
  test("06:00 is 06:00 of the clock on the wall, before and after a change", () => {
    expect(iso("0 6 * * *", "2026-10-24T00:00Z", 3)).toEqual(["2026-10-24T05:00Z", "2026-10-25T06:00Z", "2026-10-26T06:00Z"]);
    expect(iso("0 6 * * *", "2027-03-27T00:00Z", 3)).toEqual(["2027-03-27T06:00Z", "2027-03-28T05:00Z", "2027-03-29T05:00Z"]);
  });

  test("01:30 on the day it does not exist is taken at 02:00, once", () => {
    expect(iso("30 1 * * *", "2027-03-27T00:00Z", 3)).toEqual(["2027-03-27T01:30Z", "2027-03-28T01:00Z", "2027-03-29T00:30Z"]);
  });

  test("01:30 on the day it comes twice is taken once, the first time", () => {
    expect(iso("30 1 * * *", "2026-10-24T12:00Z", 2)).toEqual(["2026-10-25T00:30Z", "2026-10-26T01:30Z"]);
  });

  test("an hourly one comes with every hour that passes", () => {
    expect(iso("0 * * * *", "2026-10-24T22:30Z", 4)).toEqual([
      "2026-10-24T23:00Z",
      "2026-10-25T00:00Z",
      "2026-10-25T01:00Z",
      "2026-10-25T02:00Z",
    ]);
    expect(iso("0 * * * *", "2027-03-27T23:30Z", 3)).toEqual(["2027-03-28T00:00Z", "2027-03-28T01:00Z", "2027-03-28T02:00Z"]);
  });

  test("whenever one looks, the next daily time is after that, and within a day and an hour", () => {
    const instant = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2030-01-01") });
    fc.assert(
      fc.property(instant, fc.nat(23), fc.nat(59), (at, hour, minute) => {
        const [next = 0] = nextTimes(`${minute} ${hour} * * *`, at, 1);
        expect(next).toBeGreaterThan(at);
        expect(next - at).toBeLessThanOrEqual(25 * 3_600_000);
      }),
      { seed: 7 },
    );
  });
});
