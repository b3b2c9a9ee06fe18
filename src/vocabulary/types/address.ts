import { fold } from "../fold.ts";
import { semanticType } from "../semantic-type.ts";
import { only, replace, when } from "../steps.ts";
import { outcodePattern } from "./postcode.ts";

const streetWord =
  "ROAD|STREET|AVENUE|LANE|DRIVE|CLOSE|COURT|GROVE|CRESCENT|WAY|PLACE|TERRACE|SQUARE|GARDENS|HOUSE|FLAT|FARM|MEWS|ROW|HILL|WALK|PARADE|GREEN|VIEW|RISE";
const rest = "[^\n]*"; // folding leaves no line ends
const streetWords = new RegExp(`(?:^|[ ,])(?:${streetWord})(?:$|[ ,])`);
const postcodeInside = new RegExp(`(?:^|[ ,])${outcodePattern} ?[0-9][ABD-HJLNP-UW-Z]{2}(?:$|[ ,])`);

const abbreviations = [
  ["RD", "ROAD"],
  ["AVE?", "AVENUE"],
  ["LN", "LANE"],
  ["DR", "DRIVE"],
  ["CL", "CLOSE"],
  ["CRES", "CRESCENT"],
  ["GDNS", "GARDENS"],
  ["TERR?", "TERRACE"],
  ["SQ", "SQUARE"],
] as const;

/**
 * A postal address or a line of one: capitals, single spaces, street words written out ("12 High Rd." becomes
 * "12 HIGH ROAD"). "St" is left alone, since it is a saint as often as a street, except at the end of a part.
 */
export const address = semanticType({
  id: "address",
  label: "Postal address",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "outcode",
  storage: "VARCHAR",
  examples: ["12 High Rd, Wexcombe ZX1 2AB", "Flat 3, 4 Mill Lane", "Rose Cottage, Long Street"],
  counterExamples: ["Wexcombe", "12", "", "N/A", "High"],
  steps: [
    ...fold,
    when(
      `\\b(?:${abbreviations.map(([short]) => short).join("|")})\\b`,
      abbreviations.map(([short, long]) => replace(`\\b(?:${short})\\b[.]?`, long)),
    ),
    replace("\\bST[.]?(,|$)", "STREET\\1"),
    replace(" *, *", ", "),
    only(`(?:[^0-9]*[0-9]+[A-Z]?(?:[ ,/-]${rest})?[A-Z]{2}|${rest}\\b(?:${streetWord})\\b)${rest}`),
  ],
  detect: {
    by: "values",
    test: "the form of an address, a number or street word and a place",
    strong: [
      "address",
      "address line",
      "addr",
      "street name",
      "streetname",
      "address1",
      "property address",
      "home address",
      "postal address",
      "full address",
      "current address",
      "correspondence address",
      "billing address",
      "placement address",
      "delivery address",
      "site address",
      "street address",
      "road name",
      "thoroughfare",
      "address text",
      "premises address",
      "location address",
      "house and street",
      "first line of address",
      "street",
    ],
    weak: ["property", "location", "road", "premises"],
    whole: ["street", "street 1", "road", "add"],
    prior: -1,
    chance: 0.05,
    recognise: (text) => {
      const value = address.parse(text) ?? "";
      return (streetWords.test(value) && value.includes(" ")) || (postcodeInside.test(value) && /\d+[A-Z]? [A-Z]/.test(value));
    },
  },
});
