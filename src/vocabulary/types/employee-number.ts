import { semanticType } from "../semantic-type.ts";
import { ascii, only, trim, upper } from "../steps.ts";

/** The number of a member of staff in one payroll. Local; leading zeros count. */
export const employeeNumber = semanticType({
  id: "employee_number",
  label: "Employee number",
  class: "personal",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["0004512", "EMP-1204", "pay/88"],
  counterExamples: ["", "Employee", "12 34"],
  steps: [trim, ascii, upper, only("[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*")],
  detect: {
    by: "name",
    test: "the form of an employee number",
    strong: [
      "employee number",
      "employee no",
      "employee id",
      "employee ref",
      "employee reference",
      "employee reference number",
      "staff number",
      "staff no",
      "staff id",
      "payroll number",
      "payroll no",
      "payroll id",
      "payroll ref",
      "personnel number",
      "personnel no",
      "assignment number",
      "emp no",
      "emp id",
      "worker id",
    ],
    weak: ["employee", "payroll"],
    prior: -2,
    chance: 0.5,
  },
});
