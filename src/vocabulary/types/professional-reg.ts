import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/**
 * A number on a register of professionals: General Medical Council (seven digits), Nursing and Midwifery Council (NMC), Social Work
 * England and others by their shape; the registers themselves are not here.
 */
export const professionalReg = semanticType({
  id: "professional_reg",
  label: "Professional registration",
  class: "personal",
  personal: true,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["7654321", "12A3456E", "SW12345", "pa-012345"],
  counterExamples: ["123", "Doctor", "1234567890"],
  steps: [trim, ascii, upper, remove(" -"), only("[0-9]{7}|[0-9]{2}[A-Z][0-9]{4}[A-Z]|[A-Z]{2,3}[0-9]{4,8}")],
  sort: (_, value) => (value === undefined ? undefined : "unknown"),
  detect: {
    by: "both",
    test: "the form of a professional registration",
    strong: [
      "gmc",
      "gmc number",
      "gmc no",
      "nmc",
      "nmc pin",
      "nmc number",
      "hcpc",
      "hcpc number",
      "gdc",
      "gdc number",
      "gphc",
      "social work england",
      "swe number",
      "sw id",
      "professional registration",
      "professional registration number",
      "registration pin",
      "nmc no",
      "gphc number",
      "hcpc no",
      "sw number",
      "swe no",
      "swe id",
      "social work england no",
      "gmc ref",
      "gmc code",
      "professional registration no",
      "registration body number",
      "consultant code",
    ],
    weak: ["professional"],
    prior: -2,
    chance: 0.2,
  },
});
