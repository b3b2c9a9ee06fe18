import { action } from "../../access/index.ts";

export const peopleActions = {
  addOrganisation: action("people.add-organisation", "Registered an organisation", {
    persons: ["administrator"],
    operator: true,
    across: true,
  }),
  addPerson: action("people.add-person", "Made an account", { persons: ["administrator"], operator: true }),
  suspend: action("people.suspend", "Suspended an account", { persons: ["administrator"], operator: true }),
  setRoles: action("people.set-roles", "Changed somebody’s roles", { persons: ["administrator"] }),
  changePassword: action("people.change-password", "Changed their own password", { persons: "signed-in" }),
  revokeToken: action("people.revoke-token", "Ended an access token", { persons: "signed-in" }),
  list: action("people.list", "Looked at the accounts", { persons: ["administrator", "governance"], operator: true }),
  signIn: action("people.sign-in", "Signed in", { persons: "signed-in" }),
  choosePurpose: action("people.choose-purpose", "Changed the purpose in force", { persons: "signed-in" }),
  showSettings: action("people.show-settings", "Looked at their own settings", { persons: "signed-in" }),
  endSession: action("people.end-session", "Signed themselves out elsewhere", { persons: "signed-in" }),
  showHubSettings: action("people.show-hub-settings", "Looked at the hub’s settings", { persons: ["administrator"] }),
  signOut: action("people.sign-out", "Signed out", { persons: "signed-in" }),
  issueToken: action("people.issue-token", "Made an access token", { persons: "signed-in" }),
} as const;
