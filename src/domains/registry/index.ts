/** Link projects and what they remember: entities, their records, runs and pairs to look at. */
export { registryModule } from "./module.tsx";
export { createProject, startRun } from "./projects.ts";
export {
  entitiesOf,
  findProject,
  linkedVersions,
  listProjectRows,
  recordsOf,
  type LinkProject,
  type RecordKey,
} from "./store.ts";
