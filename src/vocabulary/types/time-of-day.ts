import { semanticType } from "../semantic-type.ts";
import { only, replace, trim } from "../steps.ts";

/** Hours and minutes of a day without its date, seconds where they are given. */
export const timeOfDay = semanticType({
  id: "time.of_day",
  label: "Time of day",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["14:05", "9:30", "23:59:59"],
  counterExamples: ["24:01", "9.30", "14:60", "1405"],
  steps: [trim, replace("^([0-9]:)", "0\\1"), only("(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")],
  detect: {
    by: "fallback",
    test: "a time of day",
    strong: [],
    weak: [],
    prior: -1,
    chance: 0.5,
  },
});
