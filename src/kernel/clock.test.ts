import { expect, test } from "vitest";
import { startOfDay } from "./clock.ts";

test.each([
  ["2026-11-24", "2026-11-24T00:00:00.000Z"],
  ["2026-07-01", "2026-06-30T23:00:00.000Z"],
  ["2026-03-29", "2026-03-29T00:00:00.000Z"],
  ["2026-10-25", "2026-10-24T23:00:00.000Z"],
])("%s begins at %s", (date, instant) => expect(new Date(startOfDay(date) ?? 0).toISOString()).toBe(instant));

test.each(["", "24/11/2026", "2026-02-30", "2026-13-01", "today"])("“%s” is no day", (text) =>
  expect(startOfDay(text)).toBeUndefined(),
);
