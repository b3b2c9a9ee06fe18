import { isAttribute, type Attribute, type Literal, type Pred } from "./pred.ts";

/** What attributes stand for. A missing name is a missing value. */
export interface Bindings {
  readonly who: ReadonlyMap<string, Literal | readonly Literal[]>;
  readonly why: ReadonlyMap<string, Literal | readonly Literal[]>;
  readonly agreement: ReadonlyMap<string, Literal | readonly Literal[]>;
  readonly row: ReadonlyMap<string, Literal>;
}

/** The JavaScript meaning of a condition, for one row. */
export function evaluatePred(pred: Pred, bindings: Bindings): boolean {
  switch (pred.op) {
    case "true":
      return true;
    case "and":
      return pred.args.every((arg) => evaluatePred(arg, bindings));
    case "or":
      return pred.args.some((arg) => evaluatePred(arg, bindings));
    case "not":
      return !evaluatePred(pred.arg, bindings);
    case "has":
      return valueOf(pred.a, bindings) !== undefined;
    case "eq": {
      const [left, right] = [valueOf(pred.a, bindings), operandOf(pred.b, bindings)];
      return left !== undefined && right !== undefined && same(left, right);
    }
    case "lt":
    case "le": {
      const [left, right] = [valueOf(pred.a, bindings), operandOf(pred.b, bindings)];
      if (typeof left !== "bigint" || typeof right !== "bigint") return false;
      return pred.op === "lt" ? left < right : left <= right;
    }
    case "in": {
      const value = valueOf(pred.a, bindings);
      return value !== undefined && pred.set.some((member) => same(value, member));
    }
  }
}

/**
 * Replaces what is known before any row is read (who, why, agreement) by its outcome, so that what is left speaks of
 * the row alone.
 */
export function settleKnown(pred: Pred, bindings: Omit<Bindings, "row">): Pred {
  switch (pred.op) {
    case "true":
      return pred;
    case "and":
    case "or":
      return { op: pred.op, args: pred.args.map((arg) => settleKnown(arg, bindings)) };
    case "not":
      return { op: "not", arg: settleKnown(pred.arg, bindings) };
    case "has":
    case "in":
      return pred.a.of === "row" ? pred : literalPred(evaluatePred(pred, { ...bindings, row: new Map() }));
    case "eq":
    case "lt":
    case "le": {
      if (pred.a.of !== "row") {
        const known = valueOf(pred.a, { ...bindings, row: new Map() });
        if (!isAttribute(pred.b) || pred.b.of !== "row") return literalPred(evaluatePred(pred, { ...bindings, row: new Map() }));
        if (known === undefined) return literalPred(false);
        if (pred.op === "eq") return { op: "eq", a: pred.b, b: known };
        // known < row is not (row <= known), where the row has a whole number at all
        const turned: Pred = { op: pred.op === "lt" ? "le" : "lt", a: pred.b, b: known };
        return typeof known === "bigint"
          ? {
              op: "and",
              args: [
                { op: "le", a: pred.b, b: pred.b },
                { op: "not", arg: turned },
              ],
            }
          : literalPred(false);
      }
      if (!isAttribute(pred.b) || pred.b.of === "row") return pred;
      const right = valueOf(pred.b, { ...bindings, row: new Map() });
      return right === undefined ? literalPred(false) : { op: pred.op, a: pred.a, b: right };
    }
  }
}

function literalPred(holds: boolean): Pred {
  return holds ? { op: "true" } : { op: "or", args: [] };
}

function operandOf(operand: Literal | Attribute, bindings: Bindings): Literal | undefined {
  return isAttribute(operand) ? valueOf(operand, bindings) : operand;
}

function valueOf(attribute: Attribute, bindings: Bindings): Literal | undefined {
  const value = bindings[attribute.of].get(attribute.name);
  return Array.isArray(value) ? undefined : (value as Literal | undefined);
}

function same(left: Literal, right: Literal): boolean {
  if (typeof left === "string" && typeof right === "string") return left.normalize("NFC") === right.normalize("NFC");
  return left === right;
}
