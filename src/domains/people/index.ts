/** Organisations, persons, roles, accounts and sign-in. */
export {
  addOrganisation,
  addPerson,
  insertOrganisation,
  insertPerson,
  type NewOrganisation,
  type NewPerson,
} from "./add-people.ts";
export {
  findOrganisation,
  findPersonByEmail,
  findPersonFacts,
  listMemberships,
  listOrganisations,
  listSuspended,
  namesOf,
} from "./find-person.ts";
export { findMode, readHubFacts, writeHubFact, type HubFacts, type HubMode } from "./hub-facts.ts";
export { organisationNamed } from "./host.ts";
export { peopleModule } from "./module.tsx";
export { samplePassword } from "./pages/sign-in-page.tsx";
export { hashPassword } from "./password.ts";
export { needsSetUp, newSetUpLink } from "./set-up.ts";
export { resumeSession, resumeToken } from "./sign-in.ts";
