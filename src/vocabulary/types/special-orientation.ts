import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, replace, trim } from "../steps.ts";

const groups: Readonly<Record<string, readonly string[]>> = {
  HETEROSEXUAL: ["heterosexual", "straight", "straight or heterosexual", "heterosexual or straight", "heterosexual straight"],
  GAY_OR_LESBIAN: ["gay", "lesbian", "gay or lesbian", "gay lesbian", "gay man", "gay woman", "homosexual", "gay woman lesbian"],
  BISEXUAL: ["bisexual", "bi sexual", "bi"],
  OTHER_ORIENTATION: ["pansexual", "asexual", "queer", "other sexual orientation", "other orientation"],
  TRANS: ["trans man", "trans woman", "transgender", "trans", "non binary", "nonbinary", "transgender man", "transgender woman"],
  SAME_AS_AT_BIRTH: ["cisgender", "gender identity the same as sex registered at birth", "same as at birth"],
  OTHER: ["other"],
  NOT_STATED: ["not stated", "not answered", "prefer not to say", "not known", "unsure", "refused", "declined"],
};
const codes = new Map(Object.entries(groups).flatMap(([code, labels]) => labels.map((label) => [label, code] as const)));

/** Sexual orientation or gender identity, by the lists of the 2021 census. Special category data (UK GDPR, Article 9). */
export const specialOrientation = semanticType({
  id: "special.orientation",
  label: "Sexual orientation or gender identity",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Heterosexual", "Straight or Heterosexual", "Gay or Lesbian", "bi-sexual", "Trans man"],
  counterExamples: ["North", "12", "", "Male"],
  steps: [trim, ascii, lower, replace("[^a-z]+", " "), trim, lookUp(codes)],
  detect: {
    by: "list",
    closed: true,
    test: "the list of orientations",
    strong: [
      "sexual orientation",
      "sexuality",
      "gender identity",
      "gender reassignment",
      "trans status",
      "sexual orientation code",
      "sexual identity",
      "sex orientation",
      "trans identity",
      "transgender",
      "gender identity same as birth",
      "lgbt",
    ],
    weak: ["trans"],
    whole: ["orientation"],
    prior: -1,
    chance: 0.02,
    recognise: (text, name) => {
      const code = specialOrientation.parse(text);
      return code !== undefined && (name >= 2 || !["OTHER", "NOT_STATED"].includes(code));
    },
  },
});
