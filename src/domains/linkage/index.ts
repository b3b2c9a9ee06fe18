/** The mathematics of linkage over relations: blocking, comparison, scoring, clustering. Stateless. */
export { blockedPairsStage, blockingRules, cutGroupsStage } from "./core/blocked-pairs.ts";
export { comparisonStage } from "./core/comparison-stage.ts";
export { explainPair, type ExplainedPair } from "./core/explain-pair.ts";
export { thresholds } from "./core/parameters.ts";
export type { PersonRecord } from "./core/person-record.ts";
export { scoreStage } from "./core/score.ts";
export { stableIds, type Entity, type EntityChange } from "./core/stable-ids.ts";
export { unionFind, type Edge } from "./core/union-find.ts";
