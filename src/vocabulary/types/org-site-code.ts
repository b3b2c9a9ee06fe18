import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

/**
 * The code of a place that a body runs: NHS organisation code (ODS), school number (URN, six digits; LAESTAB, seven), provider number
 * (UKPRN, eight), Care Quality Commission location (1- and digits). Shape only: the registers are not here.
 */
export const orgSiteCode = semanticType({
  id: "org.site_code",
  label: "Site or school code",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["RW3", "y01234", "123456", "8701234", "870/1234", "1-1234567890", "10004567"],
  counterExamples: ["12", "School", "1-12", "9990000018"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    replace("^([0-9]{3})[/-]([0-9]{4})$", "\\1\\2"),
    only("1-[0-9]{6,12}|[0-9]{6,7}|1[0-9]{7}|[A-Z][A-Z0-9]{2}|[A-Z][A-Z0-9]{0,4}[0-9][A-Z0-9]{1,3}"),
  ],
  sort: (_, value) => (value === undefined ? undefined : "unknown"),
  detect: {
    by: "both",
    test: "the form of a site or school code",
    strong: [
      "ods",
      "ods code",
      "urn",
      "school urn",
      "school code",
      "school number",
      "laestab",
      "la estab",
      "estab",
      "estab number",
      "dfe number",
      "dfe no",
      "dfe code",
      "dcsf number",
      "establishment number",
      "ukprn",
      "cqc location id",
      "cqc provider id",
      "cqc location",
      "cqc id",
      "location ods code",
      "gp practice code",
      "practice code",
      "gp code",
      "site code",
      "organisation code",
      "org code",
      "provider code",
      "location id",
      "provider id",
      "hospital code",
      "urn of placement",
      "nhs trust code",
    ],
    weak: ["cqc", "site", "establishment"],
    prior: -2,
    chance: 0.1,
    recognise: (text, named) => {
      const value = orgSiteCode.parse(text) ?? "";
      return named ? /\d/.test(value) || value.length === 3 : value.startsWith("1-");
    },
  },
});
