import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, remove, trim } from "../steps.ts";

const words =
  "mr mrs miss ms mx dr prof professor rev revd reverend sir dame lady lord cllr councillor master mstr fr father sister brother capt captain major col rabbi imam hon judge";
const titles = new Map(words.split(" ").map((word) => [word, word.toUpperCase()]));

/** How somebody is addressed, in capitals without a full stop. */
export const personTitle = semanticType({
  id: "person.title",
  label: "Title",
  class: "personal",
  personal: true,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["Mr", "MRS.", "dr", "Cllr"],
  counterExamples: ["Manager", "M", "", "12"],
  steps: [trim, ascii, lower, remove("."), lookUp(titles)],
  detect: {
    by: "list",
    test: "the list of titles",
    strong: [
      "salutation",
      "honorific",
      "name prefix",
      "titles",
      "name title",
      "person title",
      "courtesy title",
      "mr mrs",
      "title",
    ],
    weak: ["prefix"],
    prior: -1,
    chance: 0.02,
  },
});
