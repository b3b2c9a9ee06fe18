import { ident, join, sql, type Fragment } from "../sql/index.ts";
import { isAttribute, type Attribute, type Literal, type Pred } from "./pred.ts";

/** How a row's attribute is stored. Whole numbers that arrive as DOUBLE compare as numbers. */
export type AttributeType = "VARCHAR" | "BIGINT" | "DOUBLE" | "DATE" | "BOOLEAN";

/**
 * The SQL meaning of a condition over the columns of one stage. `types` has every column that exists; an attribute that
 * is not there is missing in every row. Who, why and agreement must be settled before.
 */
export function renderPred(pred: Pred, types: ReadonlyMap<string, AttributeType>): Fragment {
  switch (pred.op) {
    case "true":
      return sql`true`;
    case "and":
      return group(pred.args, types, " AND ", "true");
    case "or":
      return group(pred.args, types, " OR ", "false");
    case "not":
      return sql`(NOT ${renderPred(pred.arg, types)})`;
    case "has":
      return typeOf(pred.a, types) === undefined ? sql`false` : sql`(${ident(pred.a.name)} IS NOT NULL)`;
    case "eq":
      return compare(pred.a, pred.b, types, "=");
    case "lt":
      return compare(pred.a, pred.b, types, "<");
    case "le":
      return compare(pred.a, pred.b, types, "<=");
    case "in":
      return pred.set.length === 0 ? sql`false` : member(pred.a, pred.set, types);
  }
}

type Family = "text" | "number" | "truth";

const families: Readonly<Record<AttributeType, Family>> = {
  VARCHAR: "text",
  BIGINT: "number",
  DOUBLE: "number",
  DATE: "number",
  BOOLEAN: "truth",
};

function group(
  args: readonly Pred[],
  types: ReadonlyMap<string, AttributeType>,
  word: " AND " | " OR ",
  empty: string,
): Fragment {
  const parts = args.map((arg) => renderPred(arg, types));
  return parts.length === 0 ? join([], word, empty) : sql`(${join(parts, word)})`;
}

function compare(
  a: Attribute,
  b: Literal | Attribute,
  types: ReadonlyMap<string, AttributeType>,
  operator: "=" | "<" | "<=",
): Fragment {
  const left = typeOf(a, types);
  if (left === undefined) return sql`false`;
  const right = isAttribute(b) ? typeOf(b, types) : undefined;
  if (isAttribute(b) && right === undefined) return sql`false`;
  const family = families[left];
  const other = isAttribute(b) ? families[right ?? "VARCHAR"] : familyOf(b);
  if (family !== other || (operator !== "=" && family !== "number")) return sql`false`;
  const [x, y] = [column(a.name, left), isAttribute(b) ? column(b.name, right ?? "VARCHAR") : bound(b)];
  if (operator === "=") return sql`coalesce(${x} = ${y}, false)`;
  return operator === "<" ? sql`coalesce(${x} < ${y}, false)` : sql`coalesce(${x} <= ${y}, false)`;
}

function member(a: Attribute, set: readonly Literal[], types: ReadonlyMap<string, AttributeType>): Fragment {
  const type = typeOf(a, types);
  if (type === undefined) return sql`false`;
  const alike = set.filter((value) => familyOf(value) === families[type]);
  if (alike.length === 0) return sql`false`;
  return sql`coalesce(${column(a.name, type)} IN (${join(alike.map(bound), ", ")}), false)`;
}

/** A column as Pred sees it: text in NFC, dates as days since 1970-01-01. */
function column(name: string, type: AttributeType): Fragment {
  if (type === "VARCHAR") return sql`nfc_normalize(${ident(name)})`;
  return type === "DATE" ? sql`(${ident(name)} - DATE '1970-01-01')` : ident(name);
}

function bound(value: Literal): Fragment {
  return typeof value === "string" ? sql`${value.normalize("NFC")}` : sql`${value}`;
}

function familyOf(value: Literal): Family {
  if (typeof value === "string") return "text";
  return typeof value === "boolean" ? "truth" : "number";
}

function typeOf(attribute: Attribute, types: ReadonlyMap<string, AttributeType>): AttributeType | undefined {
  if (attribute.of !== "row") throw new Error(`“${attribute.of}.${attribute.name}” must be settled before rows are read.`);
  return types.get(attribute.name);
}
