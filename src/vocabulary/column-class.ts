/**
 * How sensitive a column is. `restricted` is commercial, privileged or pre-decision; `protected` is what could endanger
 * someone (the address of a person at risk, adoption). The order is the one in which a reader needs more reason to see it.
 */
export type ColumnClass = "open" | "internal" | "restricted" | "personal" | "identifier" | "special" | "criminal" | "protected";

/** Every class, least sensitive first. */
export const classOrder: readonly ColumnClass[] = [
  "open",
  "internal",
  "restricted",
  "personal",
  "identifier",
  "special",
  "criminal",
  "protected",
];

/** The most sensitive of some classes; of none, `open`. */
export function highestClass(classes: Iterable<ColumnClass>): ColumnClass {
  let highest: ColumnClass = "open";
  for (const next of classes) if (classOrder.indexOf(next) > classOrder.indexOf(highest)) highest = next;
  return highest;
}
