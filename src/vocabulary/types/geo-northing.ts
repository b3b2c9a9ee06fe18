import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { check, only, trim } from "../steps.ts";

/** Metres north on the National Grid (Ordnance Survey), 0 to 1,300,000. */
export const geoNorthing = semanticType({
  id: "geo.northing",
  label: "Northing",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "DOUBLE",
  examples: ["394000", "395123.45"],
  counterExamples: ["-1", "53.4129", "1400000", "E394"],
  steps: [
    trim,
    only("[0-9]{4,7}(?:[.][0-9]{1,40})?"),
    check(
      (text) => Number(text) <= 1_300_000,
      (text) => sql`try_cast(${text} AS DOUBLE) <= 1300000::DOUBLE`,
    ),
  ],
  detect: {
    by: "both",
    test: "a northing of the National Grid",
    strong: [
      "northing",
      "northings",
      "y coordinate",
      "y coord",
      "ycoord",
      "north",
      "os northing",
      "osgr northing",
      "location northing",
      "grid n",
      "osgb n",
      "north m",
      "ycoordinate",
      "geo northing",
      "grid northing",
      "street start y",
      "street end y",
      "coordinate y",
      "y osgb",
      "bng y",
      "bng n",
      "osnrth m",
      "northing m",
    ],
    weak: ["y"],
    prior: -1,
    chance: 0.2,
    recognise: (text) => /^\s*0*[1-9]\d{4,6}(?:[.]\d+)?\s*$/.test(text),
  },
});
