/**
 * Conditions as data: the filter language of rules, agreements, questions and quality rules. Every atom is two-valued:
 * a missing value makes it false. Text is compared in NFC, case-sensitively; `lt` and `le` take whole numbers and
 * dates (days since 1970-01-01). Source of the semantics: the table in docs/security.md.
 */
export type Literal = boolean | bigint | string;

export interface Attribute {
  readonly of: "who" | "why" | "agreement" | "row";
  readonly name: string;
}

export type Pred =
  | { readonly op: "true" }
  | { readonly op: "and" | "or"; readonly args: readonly Pred[] }
  | { readonly op: "not"; readonly arg: Pred }
  | { readonly op: "has"; readonly a: Attribute }
  | { readonly op: "eq" | "lt" | "le"; readonly a: Attribute; readonly b: Literal | Attribute }
  | { readonly op: "in"; readonly a: Attribute; readonly set: readonly Literal[] };

export const always: Pred = { op: "true" };
export const never: Pred = { op: "or", args: [] };

export const predLimits = { depth: 16, nodes: 512, set: 10_000, least: -(2n ** 63n), most: 2n ** 63n - 1n } as const;

export function row(name: string): Attribute {
  return { of: "row", name };
}

export function isAttribute(value: Literal | Attribute): value is Attribute {
  return typeof value === "object";
}

/** Every attribute of the row that the condition looks at, once each. */
export function rowAttributes(pred: Pred): readonly string[] {
  const names = new Set<string>();
  visit(pred, (node) => {
    if ("a" in node && node.a.of === "row") names.add(node.a.name);
    if ("b" in node && isAttribute(node.b) && node.b.of === "row") names.add(node.b.name);
  });
  return [...names];
}

/**
 * What is wrong with a condition; nothing when it may be used. Under `not`, and in a forbid (`guarded`), an attribute
 * that may be missing needs a `has` beside it in the same `and`: else a missing value would open the row.
 */
export function predProblems(pred: Pred, options: { optional: ReadonlySet<string>; forbid: boolean }): readonly string[] {
  const problems: string[] = [];
  let nodes = 0;
  visit(pred, (node, depth) => {
    nodes += 1;
    if (depth > predLimits.depth) problems.push(`It is nested deeper than ${predLimits.depth}.`);
    if (literalsOf(node).some(isTooWide)) problems.push("A number in it does not fit 64 bits.");
    if (literalsOf(node).some((value) => typeof value === "string" && value.includes("\0")))
      problems.push("Text in it holds a NUL character."); // no text of the lake does, and DuckDB compares only up to it
    if (node.op === "in" && node.set.length > predLimits.set) problems.push(`A list in it is longer than ${predLimits.set}.`);
  });
  if (nodes > predLimits.nodes) problems.push(`It has more than ${predLimits.nodes} parts.`);
  if (problems.length === 0) checkGuards(pred, options.forbid, new Set(), options.optional, problems); // bounded from here
  return [...new Set(problems)];
}

function checkGuards(
  pred: Pred,
  negative: boolean,
  known: ReadonlySet<string>,
  optional: ReadonlySet<string>,
  problems: string[],
): void {
  switch (pred.op) {
    case "true":
    case "has":
      return;
    case "not":
      checkGuards(pred.arg, true, known, optional, problems);
      return;
    case "and": {
      const here = new Set(known);
      for (const arg of pred.args) if (arg.op === "has" && arg.a.of === "row") here.add(arg.a.name);
      for (const arg of pred.args) checkGuards(arg, negative, here, optional, problems);
      return;
    }
    case "or":
      for (const arg of pred.args) checkGuards(arg, negative, known, optional, problems);
      return;
    case "eq":
    case "lt":
    case "le":
    case "in":
      if (!negative) return;
      for (const name of rowAttributes(pred)) {
        if (optional.has(name) && !known.has(name))
          problems.push(`“${name}” may be missing, so the condition needs a “has” for it.`);
      }
  }
}

function literalsOf(node: Pred): readonly Literal[] {
  if (node.op === "in") return node.set;
  return "b" in node && !isAttribute(node.b) ? [node.b] : [];
}

function isTooWide(value: Literal): boolean {
  return typeof value === "bigint" && (value < predLimits.least || value > predLimits.most);
}

function visit(pred: Pred, see: (node: Pred, depth: number) => void, depth = 1): void {
  see(pred, depth);
  if (depth > predLimits.depth + 1) return;
  if (pred.op === "and" || pred.op === "or") for (const arg of pred.args) visit(arg, see, depth + 1);
  if (pred.op === "not") visit(pred.arg, see, depth + 1);
}
