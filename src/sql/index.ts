export { Fragment, ident, join, Leaf, sql, stage, Stage, type SqlHole, type SqlValue } from "./fragment.ts";
export { compile, quote, type Compiled, type LeafRows } from "./compile.ts";
