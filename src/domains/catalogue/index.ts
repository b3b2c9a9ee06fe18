/** The asset register: datasets, their columns with types and classes, and who answers for them. */
export { listJoins, recordJoins, shareOf, type Join } from "./joins.ts";
export { declarePeople } from "./declare-people.ts";
export { decideType } from "./decide-type.ts";
export {
  describeVersion,
  dropRecipe,
  personColumns,
  recordDistinct,
  recordFilled,
  recordRecipe,
  recordType,
} from "./describe-version.ts";
export {
  deleteEntry,
  describeEntry,
  fillDescription,
  getEntry,
  insertEntry,
  listEntries,
  recordAnswers,
  recordFile,
  type Answers,
  type EntryPage,
  type EntrySummary,
} from "./entries.ts";
export { attestEntry, factsToAttest } from "./attest.ts";
export { changedBy, type ChangedBy } from "./history.ts";
export { classWords } from "./pages/class-chip.tsx";
export { catalogueError } from "./errors.ts";
export type { Entry, EntryFile, EntryKind, Field } from "./model.ts";
export { catalogueModule } from "./module.tsx";
export { describeDataset, describesPeople, ownRules } from "./policy.ts";
export {
  countOwnEntryRows,
  findEntry,
  findEntryTitled,
  findOwnEntry,
  isKnownToOthers,
  listFields,
  listOwnEntryRows,
  ownersOf,
  titlesOf,
} from "./store.ts";
