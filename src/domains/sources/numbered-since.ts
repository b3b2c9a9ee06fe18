import type { House } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import type { NumberedSince } from "./sent-store.ts";

/**
 * Since which version the records of one are numbered as they are in it. A load gives new numbers and mending keeps them, so
 * it is the version that was loaded last; in a dataset that grows a number is never another record's.
 */
export async function numberedSince({ datasetId, number }: Version, house: House): Promise<NumberedSince> {
  if ((await house.lake.findDataset(datasetId))?.kind === "append") return { datasetId, since: 0 };
  const loads = (await house.lake.listReceived(datasetId)).map(({ version }) => version);
  return { datasetId, since: Math.max(0, ...loads.filter((load) => load <= number)) };
}
