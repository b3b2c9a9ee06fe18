/** Where data comes from: sources, their loads, and what could not be read. */
export { addSource, refreshSource, type IncomingFile, type NewSource } from "./add-source.ts";
export { queueFolder, type FileAnswers, type FolderAnswers, type FolderLine, type FolderResult } from "./load-folder.ts";
export { describeFile } from "./core/describe-file.ts";
export { sourcesError } from "./errors.ts";
export type { LoadResult } from "./load.ts";
export { sourcesModule } from "./module.tsx";
export { getSource, listSources, type SourceState } from "./sources.ts";
export { findSource, findSourceOfDataset, type Source } from "./store.ts";
