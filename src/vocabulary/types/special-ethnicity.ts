import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, oneSpace, replace, trim } from "../steps.ts";

/** NHS Data Dictionary ETHNIC CATEGORY letters; GT, RO and AR are ours, for the Census 2021 groups that have no letter. */
const groups: Readonly<Record<string, readonly string[]>> = {
  A: [
    "english welsh scottish northern irish or british",
    "white british",
    "british",
    "white english welsh scottish northern irish or british",
  ],
  B: ["irish", "white irish"],
  GT: ["gypsy or irish traveller", "white gypsy or irish traveller", "irish traveller"],
  RO: ["roma", "white roma"],
  C: ["other white", "any other white background", "white other", "white any other white background"],
  D: ["white and black caribbean", "mixed white and black caribbean"],
  E: ["white and black african", "mixed white and black african"],
  F: ["white and asian", "mixed white and asian"],
  G: [
    "other mixed or multiple ethnic groups",
    "any other mixed background",
    "any other mixed or multiple ethnic background",
    "mixed other",
  ],
  H: ["indian", "asian indian", "asian or asian british indian"],
  J: ["pakistani", "asian pakistani", "asian or asian british pakistani"],
  K: ["bangladeshi", "asian bangladeshi", "asian or asian british bangladeshi"],
  R: ["chinese", "asian chinese", "asian or asian british chinese"],
  L: ["other asian", "any other asian background", "asian or asian british other"],
  M: ["caribbean", "black caribbean", "black or black british caribbean"],
  N: ["african", "black african", "black or black british african"],
  P: [
    "other black",
    "any other black background",
    "any other black black british or caribbean background",
    "black or black british other",
  ],
  AR: ["arab", "other arab"],
  S: ["any other ethnic group", "other ethnic group", "other"],
  Z: ["not stated", "refused", "prefer not to say", "99"],
};

const codes = new Map(
  Object.entries(groups).flatMap(([code, labels]) => [code.toLowerCase(), ...labels].map((label) => [label, code] as const)),
);

/** A person's ethnic group, as a code. Special category data (UK GDPR, Article 9). */
export const specialEthnicity = semanticType({
  id: "special.ethnicity",
  label: "Ethnic group",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["White British", "Asian or Asian British: Pakistani", "H", "Gypsy or Irish Traveller", "not stated"],
  counterExamples: ["English", "12", "", "White", "Q"],
  steps: [trim, ascii, lower, replace("&", " and "), replace("[^a-z0-9 ]", " "), oneSpace, trim, lookUp(codes)],
  detect: {
    by: "list",
    test: "the list of census and NHS ethnic groups",
    strong: ["ethnicity", "ethnic group", "ethnic category", "ethnic", "ethnic origin"],
    weak: ["race"],
    prior: -1,
    chance: 0.05,
  },
});
