import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { check, only, trim } from "../steps.ts";
import { decimalPattern } from "./geo-longitude.ts";

/** Degrees north, WGS84, inside the box that holds the United Kingdom. */
export const geoLatitude = semanticType({
  id: "geo.latitude",
  label: "Latitude",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "DOUBLE",
  examples: ["53.4129", "49.8", "60.9"],
  counterExamples: ["-2.3", "100", "53,4", "394000"],
  steps: [
    trim,
    only(decimalPattern),
    check(
      (text) => Number(text) >= 49.8 && Number(text) <= 60.9,
      (text) => sql`try_cast(${text} AS DOUBLE) BETWEEN 49.8::DOUBLE AND 60.9::DOUBLE`,
    ),
  ],
  detect: {
    by: "both",
    test: "a latitude in the United Kingdom",
    strong: ["lat", "latitude", "geo y", "geo lat", "lat wgs", "centroid lat"],
    weak: ["y"],
    prior: -1,
    chance: 0.2,
  },
});
