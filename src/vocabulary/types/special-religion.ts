import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, oneSpace, replace, trim } from "../steps.ts";

const groups: Readonly<Record<string, readonly string[]>> = {
  NONE: ["no religion", "none", "atheist", "agnostic", "humanist", "non religious", "no religious belief"],
  CHRISTIAN: [
    "christian",
    "church of england",
    "c of e",
    "anglican",
    "catholic",
    "roman catholic",
    "rc",
    "methodist",
    "baptist",
    "church of scotland",
    "presbyterian",
    "church of ireland",
    "church in wales",
    "united reformed",
    "pentecostal",
    "orthodox",
    "greek orthodox",
    "quaker",
    "salvation army",
    "jehovah s witness",
    "jehovahs witness",
    "mormon",
    "christianity",
    "protestant",
    "evangelical",
  ],
  BUDDHIST: ["buddhist", "buddhism"],
  HINDU: ["hindu", "hinduism"],
  JEWISH: ["jewish", "judaism", "jew"],
  MUSLIM: ["muslim", "islam", "moslem", "sunni", "shia"],
  SIKH: ["sikh", "sikhism"],
  OTHER: [
    "any other religion",
    "other religion",
    "other",
    "jain",
    "pagan",
    "rastafarian",
    "bahai",
    "baha i",
    "spiritualist",
    "zoroastrian",
  ],
  NOT_STATED: ["not stated", "not answered", "refused", "prefer not to say", "declined"],
};
const codes = new Map(Object.entries(groups).flatMap(([code, labels]) => labels.map((label) => [label, code] as const)));

/**
 * A religion or belief, by the list of the 2021 census and the churches that forms list beside it. Special category data (UK GDPR,
 * Article 9).
 */
export const specialReligion = semanticType({
  id: "special.religion",
  label: "Religion or belief",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["No religion", "Christian", "Church of England", "Muslim", "not stated"],
  counterExamples: ["Manchester", "12", "", "Labour"],
  steps: [trim, ascii, lower, replace("[^a-z0-9 ]", " "), oneSpace, trim, lookUp(codes)],
  detect: {
    by: "list",
    closed: true,
    test: "the list of religions",
    strong: [
      "religion",
      "faith",
      "religious belief",
      "religious affiliation",
      "religion or belief",
      "religion belief",
      "denomination",
      "religion desc",
      "religion description",
      "religion code",
      "religious group",
      "religious denomination",
      "faith group",
      "faith or belief",
    ],
    weak: ["belief"],
    whole: ["belief", "beliefs"],
    prior: -1,
    chance: 0.05,
    recognise: (text, name) => {
      const code = specialReligion.parse(text);
      return code !== undefined && (name >= 2 || !["OTHER", "NOT_STATED"].includes(code));
    },
  },
});
