import { civilDate, isSomeDate, plainIsoDate } from "../dates.ts";
import { semanticType } from "../semantic-type.ts";

/** A civil date of anything but a birth; day first where it could be either. */
export const timeDate = semanticType({
  id: "time.date",
  label: "Date",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "DATE",
  normal: plainIsoDate,
  examples: ["2026-03-31", "31/03/2026", "31-03-2026", "20260331", "1 April 2026", "2026-03-31T00:00:00"],
  counterExamples: ["31/02/2026", "2026-13-01", "31.03.26", "Q1 2026", "1990"],
  steps: civilDate(),
  dated: civilDate,
  detect: {
    by: "values",
    test: "a real date",
    strong: ["date", "dt", "period", "year ending", "month ending", "week ending"],
    weak: [
      "start",
      "end",
      "from",
      "to",
      "on",
      "registered",
      "received",
      "updated",
      "decom",
      "dec",
      "review",
      "left",
      "issued",
      "closed",
      "opened",
      "due",
      "effective",
    ],
    prior: -1,
    chance: 0.01,
    recognise: (text, name) =>
      isSomeDate(text) && (name >= 2 || !/^\s*\d+\s*$/.test(text) || /^\s*(?:19|20)\d{6}\s*$/.test(text)),
  },
});
