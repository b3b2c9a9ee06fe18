/** Headers and list values of the Client Level Data return, release 2, as councils store them. */
import type { Care } from "./slips.ts";

export const columns: readonly string[] = [
  "LA Code",
  "Reporting Period Start Date",
  "Reporting Period End Date",
  "NHS Number",
  "LA Person Unique Identifier",
  "First Name",
  "Last Name",
  "GP Practice Name",
  "GP Practice Code",
  "Gender",
  "Ethnicity",
  "Date of Birth",
  "Date of Death",
  "Client Type",
  "Primary Support Reason",
  "Postcode",
  "Accommodation Status",
  "Employment Status",
  "Has Unpaid Carer",
  "Autism Spectrum Disorder (ASD)",
  "Visual Impairment",
  "Hearing Impairment",
  "Dementia",
  "Client Funding Status",
  "Event Type",
  "Event Reference",
  "Event Start Date",
  "Event End Date",
  "Event Description",
  "Event Outcome",
  "Request: Route of Access",
  "Assessment Type",
  "Eligible Needs Identified",
  "Method of Assessment",
  "Total Hrs Caring per week",
  "No. of adults being cared for",
  "Adult 1 Linked Person_ID",
  "Adult 2 Linked Person_ID",
  "Adult 3 Linked Person_ID",
  "Service Type",
  "Service Component",
  "Delivery Mechanism",
  "Provider CQC Location Name",
  "Provider CQC Location ID",
  "Review Reason",
  "Review Outcomes Achieved",
  "Method of Review",
  "Unit Cost",
  "Cost Frequency (Unit Type)",
  "Planned units per week",
];

export const reasons = [
  "Physical Support: Access & mobility only",
  "Physical Support: Personal care support",
  "Sensory Support: Support for hearing impairment",
  "Sensory Support: Support for visual impairment",
  "Support with Memory & Cognition",
  "Learning Disability Support",
  "Mental Health Support",
  "Social Support: Support for Social Isolation/Other",
] as const;

export const outcomes = {
  onward: [
    "Progress to assessment, review or reassessment",
    "Progress to support planning or services",
    "Continuation of support or services",
  ],
  ended: [
    "Continuation of support or services",
    "NFA: Information and advice or signposting",
    "NFA: Support declined",
    "NFA: Support ended as planned",
    "NFA: Self-funded client or under 12wk disregard",
    "NFA: Other",
  ],
} as const;

export const routes = [
  "Community or other route",
  "Discharge from hospital",
  "Self-referral",
  "Transition from children's services",
] as const;

export const services = [
  ["Long term support: Community", "Home support or domiciliary care"],
  ["Long term support: Community", "Extra care housing"],
  ["Long term support: Community", "Shared Lives"],
  ["Long term support: Residential care", ""],
  ["Short term support: ST-Max", "Home support or domiciliary care"],
  ["Short term support: Ongoing low level", "Equipment"],
  ["Unpaid carer support: Direct to unpaid carer", ""],
] as const;

/** A busy service: a good share without NHS numbers, some dates the wrong way round. */
export const care: Care = {
  typing: 0.03,
  nickname: 0.06,
  oldSurname: 0.35,
  dayMonthSwapped: 0.03,
  dateSlip: 0.012,
  nhsMissing: 0.12,
  oldHome: 0.4,
};
