/** What a person does for an organisation. A person holds roles by membership, possibly in several organisations. */
export const roles = {
  administrator: "Administrator",
  steward: "Data steward",
  owner: "Information asset owner",
  governance: "Information governance officer",
  signatory: "Signatory",
  practitioner: "Practitioner",
  analyst: "Analyst",
} as const;

export type Role = keyof typeof roles;

/**
 * Why data is used: the closed list. A role can hold only some purposes; a purpose alone never opens anybody's record.
 * Care and planning never mix: no role's purpose covers both in one session.
 */
export const purposes = {
  stewardship: { label: "Looking after data", holders: ["steward", "owner", "administrator"] },
  governance: { label: "Governance and oversight", holders: ["governance", "signatory", "administrator"] },
  care: { label: "Care and support of a person", holders: ["practitioner"] },
  planning: { label: "Planning services", holders: ["analyst"] },
} as const satisfies Readonly<Record<string, { label: string; holders: readonly Role[] }>>;

export type Purpose = keyof typeof purposes;

export function isPurpose(text: string): text is Purpose {
  return Object.hasOwn(purposes, text);
}

export function isRole(text: string): text is Role {
  return Object.hasOwn(roles, text);
}

/** The purposes that the holder of these roles may put in force. */
export function purposesOf(held: readonly Role[]): readonly Purpose[] {
  return (Object.keys(purposes) as Purpose[]).filter((purpose) => purposes[purpose].holders.some((role) => held.includes(role)));
}
