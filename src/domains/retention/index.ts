/** What the law ends: erasing and correcting records in every version, by two people. */
export { askChange, decideChange, type NewChange } from "./changes.ts";
export { retentionModule } from "./module.tsx";
export type { ChangeResult, DataChange } from "./store.ts";
