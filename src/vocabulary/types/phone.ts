import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim } from "../steps.ts";

/** Ofcom's National Telephone Numbering Plan without the leading zero: what is given out to lines and mobiles, and other ranges. */
const lines =
  "1(?:1[3-8]|[2-9][0-9])[0-9]{7}|2(?:0[013478]|3[0189]|4[017]|8[0-9]|9[0-2])[0-9]{7}|3[0347][0-9]{8}|7[0-57-9][0-9]{8}";
const numberPlan = `${lines}|5[56][0-9]{8}|76[0-9]{8}|8[047][0-9]{8}|9[018][0-9]{8}`;

/** Ofcom's numbers for drama, given to nobody. */
const drama = "[+]44(?:1(?:1[3-8]|[2-6]1)4960|1914980|2079460|28964960|2920180|1632960|7700900|8081570|909879|3069990)[0-9]{3,4}";

/**
 * A telephone number in E.164 form (ITU-T), GB where no country is given. Ten digits that lost their zero in a
 * spreadsheet are mended. Numbers are checked by Ofcom's number ranges and length, not by whether the line exists. Ten digits without
 * a zero tell little on their own, so they tell the kind of column only where its name does.
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
    replace(`^(${lines})$`, "+44\\1"),
    replace(`^0(${numberPlan})$`, "+44\\1"),
    only(`[+](?:44(?:${numberPlan})|(?:[1-35-9]|4[0-35-9])[0-9]{7,13})`),
  ],
  testValues: drama,
  mended: "[ ]*[1-9][0-9 ().-]*",
  detect: {
    by: "values",
    test: "the form of a telephone number",
    strong: [
      "phone",
      "telephone",
      "tel",
      "mobile",
      "mob",
      "phone number",
      "telephone number",
      "landline",
      "tel no",
      "contact number",
      "contact no",
      "tel number",
      "phone no",
      "phone num",
      "mobile no",
      "mobile number",
      "mobile phone",
      "cell",
      "telephone no",
      "tele",
      "fax",
      "fax number",
      "fax no",
      "home phone",
      "work phone",
      "daytime phone",
      "evening phone",
      "contact tel",
      "contact telephone",
      "contact phone",
      "telephone home",
      "telephone work",
      "emergency contact number",
      "ph",
      "whatsapp",
    ],
    weak: ["contact", "fax"],
    prior: -1,
    chance: 0.28,
    recognise: (text, name) => phone.parse(text) !== undefined && (name >= 1 || !/^\s*\d{10}\s*$/.test(text)),
  },
});
