import { row, type Literal, type Pred, type Rule } from "../../access/index.ts";
import { uses, type Agreement, type RowCondition } from "./model.ts";

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
      when: {
        op: "and",
        args: [
          { op: "in", a: { of: "who", name: "organisation" }, set: agreement.terms.parties },
          ...(item.rows ?? []).map(conditionPred),
        ],
      },
      columns: item.use === "matching" ? item.columns.map(({ number }) => ({ number, mask: "clear" })) : item.columns,
      minCell: agreement.terms.minCell,
      rowLimit: null,
    }));
}

function conditionPred({ number, kind, values }: RowCondition): Pred {
  return { op: "in", a: row(`c${number}`), set: values.map((value) => literalOf(value, kind)) };
}

function literalOf(value: string, kind: RowCondition["kind"]): Literal {
  if (kind === "text") return value;
  return kind === "number" ? BigInt(value) : BigInt(Date.parse(value) / 86_400_000);
}
