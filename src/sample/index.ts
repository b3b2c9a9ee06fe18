/** The sample place: an invented town, the same on every machine. Only its command and the start of the program use it. */
export { canaryOf, numberCanaryOf } from "./canary.ts";
export { asAt } from "./dates.ts";
export type { Resident } from "./people.ts";
export { generateTown, type Town } from "./town.ts";
export { councilCode, councilName, wards, type Ward } from "./wards.ts";
export {
  writeTown,
  type Manifest,
  type PlantedCanary,
  type PlantedGroup,
  type WriteTownOptions,
  type WrittenSource,
} from "./write-town.ts";
