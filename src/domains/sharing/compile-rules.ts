import type { Rule } from "../../access/index.ts";
import { uses, type Agreement } from "./model.ts";

/** The rules of one agreement about one dataset. They open it to the parties' own people and to nobody else. */
export function compileRules(agreement: Agreement, dataset: string): readonly Rule[] {
  return agreement.terms.items
    .filter((item) => item.dataset === dataset)
    .map((item) => ({
      id: `${agreement.id}/${dataset}/${item.use}`,
      effect: "permit",
      roles: uses[item.use].roles,
      purposes: uses[item.use].purposes,
      actions: item.use === "care" ? [uses.care.action, "search"] : [uses[item.use].action],
      dataset,
      agreement: agreement.id,
      when: { op: "in", a: { of: "who", name: "organisation" }, set: agreement.terms.parties },
      columns: item.use === "matching" ? item.columns.map(({ number }) => ({ number, mask: "clear" })) : item.columns,
      minCell: agreement.terms.minCell,
      rowLimit: null,
    }));
}
