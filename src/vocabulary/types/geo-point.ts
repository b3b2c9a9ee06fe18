import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, check, either, lower, only, replace, trim } from "../steps.ts";
import type { Step } from "../steps.ts";

/** Lets through a pair whose first and second number lie in their ranges. */
function inside(first: readonly [number, number], second: readonly [number, number]): Step {
  return check(
    (value) => {
      const [one = Number.NaN, other = Number.NaN] = value.split(",").map(Number);
      return one >= first[0] && one <= first[1] && other >= second[0] && other <= second[1];
    },
    (value) => sql`try_cast(split_part(${value}, ',', 1) AS DOUBLE) BETWEEN ${first[0]}::DOUBLE AND ${first[1]}::DOUBLE
      AND try_cast(split_part(${value}, ',', 2) AS DOUBLE) BETWEEN ${second[0]}::DOUBLE AND ${second[1]}::DOUBLE`,
  );
}

/**
 * A pair in one cell, inside the box that holds the United Kingdom: “latitude, longitude” (WGS84), WKT POINT (longitude first), or an
 * easting and a northing of the National Grid. Kept as “53.4129,-2.3522” or “394000,395000”.
 */
export const geoPoint = semanticType({
  id: "geo.point",
  label: "Point",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  examples: ["53.4129, -2.3522", "POINT(-2.3522 53.4129)", "point (-2.35 53.41)", "(53.4, -2.3)", "394000,395000", "[53.4,-2.3]"],
  counterExamples: ["53.4129", "100, 200", "-2.3522, 53.4129", "POINT(53.4 -2.3)", "394000"],
  steps: [
    trim,
    ascii,
    lower,
    replace("^(?:srid=[0-9]+; ?)?point ?z? ?[(] ?([0-9.-]+) +([0-9.-]+)(?: +[0-9.-]+)? ?[)]$", "\\2,\\1"),
    replace("^[(\\[]([^()\\[\\]]*)[)\\]]$", "\\1"),
    replace(" *[,;] *| +", ","),
    only("[0-9]{1,7}(?:[.][0-9]{1,40})?,-?[0-9]{1,7}(?:[.][0-9]{1,40})?"),
    either(inside([49.8, 60.9], [-8.7, 1.8]), inside([1000, 700_000], [1000, 1_300_000])),
  ],
  detect: {
    by: "values",
    test: "a pair of coordinates in the United Kingdom",
    strong: [
      "coordinates",
      "coordinate",
      "lat long",
      "lat lon",
      "lat lng",
      "latlng",
      "long lat",
      "geom",
      "geometry",
      "wkt",
      "wkt geometry",
      "point",
      "geo point",
      "geolocation",
      "geo location",
      "grid reference",
      "easting northing",
      "coords",
      "xy",
    ],
    weak: ["location", "geo", "shape"],
    prior: -1,
    chance: 0.001,
  },
});
