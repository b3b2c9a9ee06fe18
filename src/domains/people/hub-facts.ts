import type { Records } from "../../store/index.ts";
import type { PeopleTables } from "./store.ts";

/** What kind of hub this is. A sample hub's people are invented, and it can never become a live one. */
export type HubMode = "sample" | "live" | "registers";

export interface HubFacts {
  readonly mode: HubMode;
  readonly place: string;
  /** The first organisation: the host, which runs the hub. */
  readonly host: string | null;
}

export async function readHubFacts(records: Records): Promise<HubFacts> {
  const rows = await records.as<PeopleTables>().selectFrom("hub_fact").selectAll().execute();
  const facts = new Map(rows.map((row) => [row.key, row.value]));
  return {
    mode: (facts.get("mode") as HubMode | undefined) ?? "live",
    place: facts.get("place") ?? "Guildhall",
    host: facts.get("host") ?? null,
  };
}

export async function findMode(records: Records): Promise<HubMode | undefined> {
  const row = await records
    .as<PeopleTables>()
    .selectFrom("hub_fact")
    .select("value")
    .where("key", "=", "mode")
    .executeTakeFirst();
  return row?.value as HubMode | undefined;
}

export async function writeHubFact(records: Records, key: "mode" | "place" | "host", value: string): Promise<void> {
  await records
    .as<PeopleTables>()
    .insertInto("hub_fact")
    .values({ key, value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
    .execute();
}
