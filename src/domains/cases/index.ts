/** Referrals: the evidence that a worker needs one person's record. */
export { casesError } from "./errors.ts";
export { casesModule } from "./module.tsx";
export { getReferral, openReferral } from "./referrals.ts";
export { findReferral, insertReferral, setSubject, type Referral } from "./store.ts";
