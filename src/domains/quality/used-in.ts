import type { House, Strand } from "../../access/index.ts";
import { findEntry, listFields } from "../catalogue/index.ts";
import { namesOf } from "./get-quality.ts";
import { listRulesOf } from "./store.ts";
import { ruleTitle } from "./words.ts";

/** The accepted rules that go by columns of a dataset: its own, and those of others whose values are looked for in it. */
export async function ruleStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const entry = await findEntry(house.store, dataset);
  if (!entry) return [];
  const rules = await listRulesOf(house.store, entry.organisation, "accepted");
  const concerned = rules.filter(
    ({ datasetId, test }) => datasetId === dataset || (test.kind === "references" && test.dataset === dataset),
  );
  return Promise.all(
    concerned.map(async (rule) => {
      const names = await namesOf({ records: house.store }, [rule], await listFields(house.store, rule.datasetId));
      const looked = rule.datasetId !== dataset && rule.test.kind === "references" ? [rule.test.to] : rule.columns;
      const href = `/datasets/${rule.datasetId}/quality/rules/${rule.id}`;
      return { kind: "Quality rule", title: ruleTitle(rule.test, names), href, columns: looked };
    }),
  );
}
