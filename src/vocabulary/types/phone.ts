import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim } from "../steps.ts";

/**
 * A telephone number in E.164 form (ITU-T), GB where no country is given. Ten digits that lost their zero in a
 * spreadsheet are mended. Numbers are checked by Ofcom's number ranges and length, not by whether the line exists.
 */
export const phone = semanticType({
  id: "phone",
  label: "Telephone",
  class: "personal",
  personal: true,
  mask: "last4",
  storage: "VARCHAR",
  examples: ["0161 496 0123", "03069 990123", "07700 900123", "+44 (0)161 496 0123", "1614960123", "+353 1 234 5678"],
  counterExamples: ["999", "01204 00000", "04000 000000", "not known", "9990000018"],
  steps: [
    trim,
    ascii,
    remove(" ().-"),
    replace("^00", "+"),
    replace("^[+]440?", "0"),
    replace("^([1237][0-9]{9})$", "0\\1"),
    replace("^0([1-3589][0-9]{9}|7[1-9][0-9]{8})$", "+44\\1"),
    only("[+](?:44[1-35789][0-9]{9}|(?:[1-35-9]|4[0-35-9])[0-9]{7,13})"),
  ],
  detect: {
    by: "values",
    test: "the form of a telephone number",
    strong: ["phone", "telephone", "tel", "mobile", "phone number", "landline"],
    weak: ["contact", "fax"],
    prior: -1,
    chance: 0.28,
  },
});
