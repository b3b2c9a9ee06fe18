import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, oneSpace, replace, trim } from "../steps.ts";

/** NHS Data Dictionary ETHNIC CATEGORY letters; GT, RO and AR are ours, for the Census 2021 groups that have no letter. */
const groups: Readonly<Record<string, readonly string[]>> = {
  A: [
    "english welsh scottish northern irish or british",
    "english welsh scottish northern irish british",
    "british",
    "english",
    "wbri",
    "w1",
  ],
  B: ["irish", "wiri", "w2"],
  GT: ["gypsy or irish traveller", "irish traveller", "traveller of irish heritage", "gypsy", "wirt", "w3"],
  RO: ["roma", "gypsy roma", "wrom", "w4"],
  C: ["other white", "any other white background", "other", "any other", "any other background", "woth", "w9"],
  D: ["white and black caribbean", "mwbc", "m1"],
  E: ["white and black african", "mwba", "m2"],
  F: ["white and asian", "mwas", "m3"],
  G: [
    "other mixed",
    "any other mixed background",
    "other mixed or multiple ethnic groups",
    "any other mixed or multiple ethnic background",
    "other",
    "any other",
    "any other background",
    "moth",
    "m9",
  ],
  H: ["indian", "aind", "a1"],
  J: ["pakistani", "apkn", "a2"],
  K: ["bangladeshi", "aban", "a3"],
  R: ["chinese", "chne", "o1", "a4"],
  L: ["other asian", "any other asian background", "other", "any other", "any other background", "aoth", "a9"],
  M: ["caribbean", "bcrb", "b1"],
  N: ["african", "bafr", "b2"],
  P: [
    "other black",
    "any other black background",
    "any other black black british or caribbean background",
    "other",
    "any other",
    "any other background",
    "both",
    "b9",
  ],
  AR: ["arab", "other arab", "o2"],
  S: ["any other ethnic group", "other ethnic group", "any other", "other", "ooth", "o9"],
  Z: ["not stated", "refused", "prefer not to say", "not obtained", "information not yet obtained", "99", "refu", "nobt", "ns"],
};

/** What stands before a group in the lists of the censuses and the NHS: "Asian or Asian British: Pakistani". */
const headings: readonly (readonly [string, readonly string[]])[] = [
  ["white", ["A", "B", "GT", "RO", "C"]],
  ["mixed", ["D", "E", "F", "G"]],
  ["mixed multiple", ["D", "E", "F", "G"]],
  ["mixed multiple ethnic groups", ["D", "E", "F", "G"]],
  ["mixed or multiple ethnic groups", ["D", "E", "F", "G"]],
  ["mixed dual background", ["D", "E", "F", "G"]],
  ["asian", ["H", "J", "K", "R", "L"]],
  ["asian british", ["H", "J", "K", "R", "L"]],
  ["asian asian british", ["H", "J", "K", "R", "L"]],
  ["asian or asian british", ["H", "J", "K", "R", "L"]],
  ["black", ["M", "N", "P"]],
  ["black british", ["M", "N", "P"]],
  ["black black british", ["M", "N", "P"]],
  ["black or black british", ["M", "N", "P"]],
  ["black black british caribbean or african", ["M", "N", "P"]],
  ["other ethnic group", ["R", "AR", "S"]],
  ["other ethnic groups", ["R", "AR", "S"]],
  ["other", ["R", "AR"]],
];

const codes = new Map([
  ...headings.flatMap(([heading, members]) =>
    members.flatMap((code) => (groups[code] ?? []).map((label) => [`${heading} ${label}`, code] as const)),
  ),
  // last, so that a bare "other" is any other group
  ...Object.entries(groups).flatMap(([code, labels]) => [code.toLowerCase(), ...labels].map((label) => [label, code] as const)),
]);

/** The five groups without their parts: enough to know the column, too little to say which group it is. */
const broad =
  /^(?:white|mixed(?: or multiple.*)?|asian(?: or asian british| british)?|black(?: or black british| british)?|other)$/i;
/** Words that only ethnic groups have together; nationalities and languages share the others. */
const telling = /white|black|asian|mixed|traveller|ethnic|^(?:[wambo][a-z]{3}|chne)$/i;

/** A person's ethnic group, as a code. Special category data (UK GDPR, Article 9). */
export const specialEthnicity = semanticType({
  id: "special.ethnicity",
  label: "Ethnic group",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["White British", "Asian or Asian British: Pakistani", "H", "Gypsy or Irish Traveller", "not stated"],
  counterExamples: ["Welsh Assembly", "12", "", "White", "Q"],
  steps: [
    trim,
    ascii,
    lower,
    replace("&", " and "),
    replace("[^a-z0-9 ]", " "),
    oneSpace,
    trim,
    replace("^[a-z0-9]{1,2} ([a-z ]{4,})$", "\\1"),
    lookUp(codes),
  ],
  detect: {
    by: "list",
    closed: true,
    test: "the list of census and NHS ethnic groups",
    strong: [
      "ethnicity",
      "ethnic group",
      "ethnic category",
      "ethnic",
      "ethnic origin",
      "ethnicity code",
      "ethnicity description",
      "ethnic code",
      "ethnic description",
      "ethnic desc",
      "ethnic background",
      "self defined ethnicity",
      "officer defined ethnicity",
      "ethnic cat",
      "ethnicity self defined",
      "sde",
      "racial group",
      "ethnic origin code",
    ],
    weak: ["race"],
    prior: -1,
    chance: 0.05,
    recognise: (text, name) => {
      const known = specialEthnicity.parse(text) !== undefined;
      return name >= 2 ? known || broad.test(text.trim()) : known && telling.test(text.trim());
    },
  },
});
