import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { check, only, trim } from "../steps.ts";

export const decimalPattern = "[+-]?[0-9]{1,3}(?:[.][0-9]{1,40})?";

/** Degrees east, WGS84, inside the box that holds the United Kingdom. */
export const geoLongitude = semanticType({
  id: "geo.longitude",
  label: "Longitude",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "DOUBLE",
  examples: ["-2.3522", "1.7", "-8.7"],
  counterExamples: ["53.4", "-9", "1,5", "W2.3", "394000"],
  steps: [
    trim,
    only(decimalPattern),
    check(
      (text) => Number(text) >= -8.7 && Number(text) <= 1.8,
      (text) => sql`try_cast(${text} AS DOUBLE) BETWEEN -8.7::DOUBLE AND 1.8::DOUBLE`,
    ),
  ],
  detect: {
    by: "both",
    test: "a longitude in the United Kingdom",
    strong: ["lon", "lng", "long", "longitude", "geo x", "geo lon", "geo long", "geo lng", "lon wgs", "centroid lon"],
    weak: ["x"],
    prior: -1,
    chance: 0.3,
  },
});
