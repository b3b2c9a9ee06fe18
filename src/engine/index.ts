export type { AreaOutline } from "./areas/find-area.ts";
export { Engine, type EngineSettings } from "./engine.ts";
export { engineError } from "./errors.ts";
export { EngineProcess, type ProcessLimits, type TaskOptions } from "./process.ts";
export type {
  AddedColumn,
  AreaColumn,
  AreaFrom,
  Cell,
  CompareOutput,
  FoundJoin,
  FileFormat,
  FileTable,
  LoadedColumn,
  LoadOutput,
  LookUpOutput,
  MetAreas,
  ColumnProfile,
  ProfileOutput,
  Progress,
  QueryResult,
  Place,
  RowsFormat,
  RowsOutput,
  RowsTarget,
  TablesOutput,
  TextRow,
  TypeOutput,
} from "./protocol.ts";
export { readSmallTable, type SmallTable } from "./small-table.ts";
export { Relation } from "./relation.ts";
export {
  directoryFormat,
  filesNamedIn,
  folderError,
  readOwnerNote,
  socketPath,
  takeDataFolder,
  writeOwnerNote,
  type DataFolder,
} from "./lake/data-folder.ts";
export { filledCell, typedCells } from "./typed-cells.ts";
export {
  Lake,
  type Dataset,
  type Layer,
  type LoadedFile,
  type ReceivedFile,
  type ReceivedLayout,
  type RewrittenSegment,
  type TypedBuild,
  type Version,
} from "./lake/lake.ts";
export { readMended, type MendedRecord, type RecordLayout } from "./read/mended-record.ts";
export { lakeMigrations, type DatasetKind } from "./lake/records.ts";
