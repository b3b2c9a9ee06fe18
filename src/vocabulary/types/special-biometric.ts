import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";

/** A fingerprint, face, voice or genetic record, or the file that holds one. Special category data (UK GDPR, Article 9). */
export const specialBiometric = semanticType({
  id: "special.biometric",
  label: "Biometric or genetic data",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["faces/0017.jpg", "a91f0c"],
  counterExamples: ["", " "],
  steps: [trim],
  detect: {
    by: "name",
    test: "being a file or a template",
    strong: [
      "biometric",
      "biometric template",
      "fingerprint",
      "finger print",
      "facial image",
      "face image",
      "facial recognition",
      "face template",
      "iris scan",
      "voice print",
      "voice recording",
      "dna",
      "dna profile",
      "genetic",
      "genetic test",
    ],
    weak: [],
    prior: -1,
    chance: 0.5,
    reviewOnly: true,
    recognise: (text) => /[a-z]/i.test(text),
  },
});
