import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim } from "../steps.ts";

/** A driver number of Northern Ireland: eight digits without a check. */
export const drivingLicenceNi = semanticType({
  id: "driving_licence_ni",
  label: "Driver number (Northern Ireland)",
  class: "identifier",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["12345678", "1234 5678"],
  counterExamples: ["1234567", "MORGA657054SM9IJ", "123456789"],
  steps: [trim, ascii, remove(" "), only("[0-9]{8}")],
  detect: {
    by: "name",
    test: "the form of a Northern Ireland driver number, eight digits",
    strong: [
      "driving licence",
      "driving licence number",
      "driving licence no",
      "driver number",
      "ni driving licence",
      "dva licence",
    ],
    weak: [],
    prior: -2,
    chance: 0.5,
  },
});
