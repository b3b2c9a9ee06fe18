export { Engine, type EngineSettings } from "./engine.ts";
export { engineError } from "./errors.ts";
export { EngineProcess, type ProcessLimits, type TaskOptions } from "./process.ts";
export type {
  AddedColumn,
  Cell,
  FileFormat,
  FileTable,
  LoadedColumn,
  LoadOutput,
  ColumnProfile,
  ProfileOutput,
  Progress,
  QueryResult,
  TablesOutput,
  TypeOutput,
} from "./protocol.ts";
export { Relation } from "./relation.ts";
export {
  filesNamedIn,
  folderError,
  readOwnerNote,
  socketPath,
  takeDataFolder,
  writeOwnerNote,
  type DataFolder,
} from "./lake/data-folder.ts";
export { typedCells } from "./typed-cells.ts";
export { Lake, type Dataset, type Layer, type TypedBuild, type Version } from "./lake/lake.ts";
export { lakeMigrations } from "./lake/records.ts";
