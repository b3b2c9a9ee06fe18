import { civilTime } from "../instants.ts";
import { semanticType } from "../semantic-type.ts";

/**
 * A day and a time of it in ISO form, seconds filled up; a zone or offset stays as it was given, since most exports give none. Day
 * first where it could be either.
 */
export const timeInstant = semanticType({
  id: "time.instant",
  label: "Date and time",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["2026-03-31T14:05:00Z", "31/03/2026 14:05", "2026-03-31 14:05:09+01:00", "20260331 09:00"],
  counterExamples: ["2026-03-31", "31/02/2026 14:05", "2026-03-31 25:00", "14:05"],
  steps: civilTime,
  detect: {
    by: "values",
    test: "a real date with a time of day",
    strong: [
      "timestamp",
      "date time",
      "datetime",
      "date and time",
      "time stamp",
      "created at",
      "updated at",
      "received at",
      "date of upload",
    ],
    weak: ["time", "date", "created", "updated", "at", "on"],
    prior: -1,
    chance: 0.001,
    recognise: (text) => !/T00:00:00/.test(timeInstant.parse(text) ?? "T00:00:00"),
  },
});
