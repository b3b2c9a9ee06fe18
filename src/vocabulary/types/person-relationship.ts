import { semanticType } from "../semantic-type.ts";
import { ascii, lower, only, replace, trim } from "../steps.ts";

const qualifier = "(?:step|half|foster|adoptive|birth|legal|primary|main|unpaid|family|great|ex|parental|child s|other)";
const relation =
  "(?:mother|father|mum|dad|parents?|brother|sister|sibling|son|daughter|child|grand(?:mother|father|parent|son|daughter)|aunt|uncle|niece|nephew|cousin|husband|wife|spouse|partner|carer|guardian|friend|neighbour|next of kin|relative|stepmother|stepfather|advocate|social worker|childminder)";

/** What somebody is to somebody else: mother, carer, next of kin. */
export const personRelationship = semanticType({
  id: "person.relationship",
  label: "Relationship",
  class: "personal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Mother", "Next of kin", "Foster carer", "step-father"],
  counterExamples: ["", "12", "Monday", "Limited"],
  steps: [
    trim,
    ascii,
    lower,
    replace("[^a-z]+", " "),
    trim,
    only(`(?:${qualifier} )*(?:${relation})(?: (?:${qualifier}|${relation}|of|to|in|law|kin))*`),
  ],
  detect: {
    by: "list",
    test: "the list of relationships",
    strong: [
      "relationship",
      "relation",
      "relationship to child",
      "relationship to client",
      "relationship to pupil",
      "relationship type",
      "kinship",
      "next of kin relationship",
      "nok relationship",
      "relation to head",
      "relationship to applicant",
      "relationship to tenant",
      "relationship to patient",
      "relationship to person",
      "rel to child",
      "relationship code",
      "relationship description",
      "family relationship",
      "contact relationship",
      "relationship with child",
    ],
    weak: ["next of kin", "nok", "contact"],
    prior: -1,
    chance: 0.02,
  },
});
