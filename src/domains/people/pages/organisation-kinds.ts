import type { OrganisationKind } from "../store.ts";

export const organisationKinds: readonly { value: OrganisationKind; text: string }[] = [
  { value: "council", text: "Council" },
  { value: "health", text: "Health body" },
  { value: "police", text: "Police" },
  { value: "school", text: "School or college" },
  { value: "charity", text: "Charity or community group" },
  { value: "other", text: "Other" },
];
