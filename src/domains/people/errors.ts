import { defineErrors } from "../../kernel/errors.ts";

export const peopleError = defineErrors("people", {
  "must-change": {
    kind: "refused",
    message: () => "Your password was given to you by somebody else, and must be changed first.",
    remedy: "Sign in on the hub's page, choose a password of your own, and log in with that.",
  },
  "sign-in-failed": {
    kind: "unauthenticated",
    message: () => "The email address or the password is not right.",
    remedy: "Check both and try again. After ten wrong tries the account waits for 15 minutes.",
  },
  "sign-in-paused": {
    kind: "unauthenticated",
    message: () => "There were too many wrong tries.",
    remedy: "Wait 15 minutes, then try again.",
  },
  "weak-password": {
    kind: "invalid",
    message: () => "The password is too short.",
    remedy: "Use at least 12 characters; three words that do not belong together are good.",
  },
  "email-taken": {
    kind: "conflict",
    message: () => "There is already an account with this email address.",
    remedy: "Use another address, or add a role to the account that exists.",
  },
  "not-an-email": { kind: "invalid", message: () => "This is not an email address.", remedy: "Write it like name@example.org." },
  "name-missing": {
    kind: "invalid",
    message: (p: { what: string }) => `${p.what} needs a name.`,
    remedy: "Write a name of 1 to 200 characters.",
  },
  "no-organisation": {
    kind: "missing",
    message: (p: { organisation: string }) => `There is no organisation called “${p.organisation}”.`,
    remedy: "Check the name on the organisations page.",
  },
  "organisation-taken": {
    kind: "conflict",
    message: (p: { name: string }) => `There is already an organisation called “${p.name}”.`,
    remedy: "Choose another name, or use the one that exists.",
  },
  "link-spent": {
    kind: "refused",
    message: () => "This set-up link has been used or has run out.",
    remedy: "Start the hub again to get a new one; it is printed where the hub was started.",
  },
  "no-person": {
    kind: "missing",
    message: () => "There is no such person, or they are not of your organisation.",
    remedy: "Look in the list of accounts.",
  },
  "not-yourself": {
    kind: "conflict",
    message: () => "You cannot do this to your own account.",
    remedy: "Ask another administrator.",
  },
  "wrong-password": {
    kind: "invalid",
    message: () => "That is not your password.",
    remedy: "Write the password that you signed in with.",
  },
  "same-password": { kind: "invalid", message: () => "The new password is the old one.", remedy: "Choose another one." },
  "unknown-role": {
    kind: "invalid",
    message: (p: { role: string }) => `There is no role “${p.role}”.`,
    remedy: "Choose one from the list.",
  },
  "not-your-organisation": {
    kind: "refused",
    message: () => "You do not belong to that organisation.",
    remedy: "Choose one of your own.",
  },
  "not-your-purpose": {
    kind: "refused",
    message: () => "None of your roles may work for that purpose.",
    remedy: "Choose a purpose from the list, or ask your administrator for a role.",
  },
});
