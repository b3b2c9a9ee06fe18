/** What may leave: small counts and what would give them away are hidden here, for every page, file and message alike. Pure. */
export { describeCount, describeHidden, type HiddenReason } from "./describe.ts";
export { refuseIfDifferencing, type AskedSet, type DifferencingAnswer } from "./differencing.ts";
export { minCellOf, type DisclosureProfile } from "./profile.ts";
export { isSmall, releaseShare, releaseSum, releaseTable, roundCount, roundingBase, roundMean } from "./release.ts";
export { suppressTable, type SafeFigure, type SafeTable, type TableInput } from "./suppress.ts";
export type { CellInput } from "./sums.ts";
