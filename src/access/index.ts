export { action, type Action } from "./action.ts";
export { accessError } from "./errors.ts";
export { Gate, type GateParts, type PolicyFacts } from "./gate.ts";
export type { House } from "./house.ts";
export { JobRunner } from "./job-runner.ts";
export { collect } from "./module.ts";
export type {
  Command,
  CommandFlag,
  CommandRequest,
  Contributions,
  ExportedObject,
  Found,
  JobKind,
  JobRequest,
  LayoutFacts,
  Lending,
  Loop,
  RecipeColumn,
  Module,
  Page,
  PageContent,
  PageReply,
  PageRequest,
  LoadedFolder,
  PlaceFilePart,
  Route,
  RouteRequest,
  Section,
  Strand,
  Task,
  Terminal,
  Upload,
} from "./module.ts";
export { always, isAttribute, never, predProblems, row, rowAttributes, type Attribute, type Literal, type Pred } from "./pred.ts";
export { renderPred, type AttributeType } from "./pred-sql.ts";
export { isPurpose, isRole, purposes, purposesOf, roles, type Purpose, type Role } from "./roles.ts";
export {
  decide,
  defaultMinCell,
  type DataAction,
  type DatasetColumn,
  type DatasetFacts,
  type Decision,
  type Obligations,
  type Reason,
  type Rule,
} from "./rule.ts";
export { Denial, type PersonFacts, type Session, type Target } from "./session.ts";
export type { Granted, RelationRequest, Scope } from "./scope.ts";
