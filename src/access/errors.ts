import { defineErrors } from "../kernel/errors.ts";

export const accessError = defineErrors("access", {
  "sign-in": { kind: "unauthenticated", message: () => "Sign in to use this.", remedy: "Sign in, then try again." },
  refused: {
    kind: "refused",
    message: (p: { reference: string }) => `Not found, or not available to you. Reference ${p.reference}.`,
    remedy: "If you need it for your work, give the reference to your information governance officer.",
  },
  missing: {
    kind: "missing",
    message: (p: { reference: string }) => `Not found, or not available to you. Reference ${p.reference}.`,
    remedy: "If you need it for your work, give the reference to your information governance officer.",
  },
  "no-audit": {
    kind: "unavailable",
    message: () => "The audit log cannot be written, so no data may leave.",
    remedy: "Free some disk space or mend the data folder, then try again.",
  },
});
