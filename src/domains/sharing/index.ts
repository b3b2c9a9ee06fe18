/** Agreements: proposed, signed by every party, compiled into rules, ended. */
export {
  endAgreement,
  getAgreement,
  listAgreements,
  proposeAgreement,
  setItem,
  signAgreement,
  type AgreementView,
} from "./agreements.ts";
export { uses, type Agreement, type AgreementState, type Item, type Use } from "./model.ts";
export { sharingModule } from "./module.tsx";
export { stateOf } from "./state.ts";
export { findAgreement, listAgreementsOf } from "./store.ts";
