import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";

/** A key that names the row in its own table and nothing elsewhere. */
export const recordId = semanticType({
  id: "record_id",
  label: "Record key",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["1", "row-0001"],
  counterExamples: ["", " "],
  steps: [trim],
  detect: {
    by: "fallback",
    test: "different in every row",
    strong: ["record id", "row id", "unique id", "objectid", "fid", "uuid", "guid"],
    weak: ["id", "ident", "key", "reference", "ref", "code", "refno"],
    prior: -2,
    chance: 0.5,
  },
});
