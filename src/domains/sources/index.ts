/** Where data comes from: sources, their loads, and what could not be read. */
export { addSource, refreshSource, type IncomingFile, type NewSource } from "./add-source.ts";
export { queueFolder, type FileAnswers, type FolderAnswers, type FolderLine, type FolderResult } from "./load-folder.ts";
export { describeFile, type DescribedTable } from "./core/describe-file.ts";
export type { Kit, KitColumn } from "./core/kit.ts";
export { readKit, readKits } from "./core/read-kits.ts";
export { describeMatches, recogniseKit } from "./core/recognise-kit.ts";
export { sourcesError } from "./errors.ts";
export type { LoadResult } from "./load.ts";
export { sourcesModule } from "./module.tsx";
export { setDatabasePassword } from "./database.ts";
export { setSchedule } from "./schedules.ts";
export { soundFiles } from "./sound-files.ts";
export { sendRecord } from "./sent.ts";
export { getSource, listQuarantine, listSources, type SourceState } from "./sources.ts";
export { queueTyping } from "./type-job.ts";
export { findSource, findSourceOfDataset, type Source } from "./store.ts";
