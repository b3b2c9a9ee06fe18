import { civilPeriod } from "../periods.ts";
import { semanticType } from "../semantic-type.ts";

/** A year, financial or academic year (“2024/25”), quarter (“2026-Q1”) or month (“2025-04”, from “Apr-25” or “202504” too). */
export const timePeriod = semanticType({
  id: "time.period",
  label: "Period",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["2024/25", "2024-2025", "2015", "Apr-25", "April 2025", "202504", "2025-04", "2026 Q1", "Q3 2024/25"],
  counterExamples: ["2024/26", "202513", "1799", "May", "25-04"],
  steps: civilPeriod,
  detect: {
    by: "values",
    test: "the form of a period",
    strong: [
      "financial year",
      "academic year",
      "school year",
      "tax year",
      "year",
      "period",
      "month",
      "quarter",
      "fy",
      "reporting year",
      "reporting period",
      "year month",
      "calendar year",
      "month year",
    ],
    weak: ["date"],
    prior: -1,
    chance: 0.01,
    recognise: (text, named) => timePeriod.parse(text) !== undefined && (named || !/^\s*\d+\s*$/.test(text)),
  },
});
