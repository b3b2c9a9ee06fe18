/** The words the hub speaks: semantic types, classes, masks and how columns are recognised. Pure; the only door. */
export { publishedId } from "./published-id.ts";
export { columnWords } from "./column-words.ts";
export { classOrder, highestClass, type ColumnClass } from "./column-class.ts";
export { detect, type ColumnEvidence, type Detection } from "./detect.ts";
export { madeBy, type Reading } from "./reading.ts";
export { maskedStorage, maskOrder, maskSql, shapeSql, strictestMask, type Mask } from "./mask.ts";
export { getType, semanticTypes, textType } from "./registry.ts";
export { classOf, type DetectFacet, type Outcome, type SemanticType, type Storage } from "./semantic-type.ts";
