import type { House } from "../../../access/index.ts";
import { listOrganisations } from "../../people/index.ts";

export async function nameOrganisations(house: House): Promise<ReadonlyMap<string, string>> {
  return new Map((await listOrganisations(house.store)).map(({ id, name }) => [id, name]));
}
