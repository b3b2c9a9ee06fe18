import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { check, only, trim } from "../steps.ts";

/** Metres east on the National Grid (Ordnance Survey), 0 to 700,000. */
export const geoEasting = semanticType({
  id: "geo.easting",
  label: "Easting",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "DOUBLE",
  examples: ["394000", "395123.45"],
  counterExamples: ["-1", "53.4129", "700001", "E394"],
  steps: [
    trim,
    only("[0-9]{4,7}(?:[.][0-9]{1,40})?"),
    check(
      (text) => Number(text) <= 700_000,
      (text) => sql`try_cast(${text} AS DOUBLE) <= 700000::DOUBLE`,
    ),
  ],
  detect: {
    by: "both",
    test: "an easting of the National Grid",
    strong: [
      "easting",
      "eastings",
      "x coordinate",
      "x coord",
      "xcoord",
      "east",
      "os easting",
      "osgr easting",
      "location easting",
      "grid e",
      "osgb e",
      "east m",
      "xcoordinate",
      "geo easting",
      "grid easting",
      "street start x",
      "street end x",
      "coordinate x",
      "x osgb",
      "bng x",
      "bng e",
      "oseast m",
      "easting m",
    ],
    weak: ["x"],
    prior: -1,
    chance: 0.2,
    recognise: (text) => /^\s*0*[1-9]\d{4,6}(?:[.]\d+)?\s*$/.test(text),
  },
});
