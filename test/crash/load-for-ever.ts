/**
 * A hub that loads two versions of one source in turn until it is killed. Says on standard output, a JSON line each,
 * what it found when it opened the folder and every load that ended.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findSource } from "../../src/domains/sources/index.ts";
import { openWallsHouse } from "../support/walls-house.ts";

const [folder = "", rounds = "1000"] = process.argv.slice(2);
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
const files = ["a.csv", "b.csv"].map((name) => readFileSync(join(folder, name)));
const walls = await openWallsHouse({}, folder);
const { house } = walls;

const [dataset] = await house.lake.listDatasets();
const version = dataset && (await house.lake.findVersion(dataset.id));
say({
  opened: true,
  version: version ?? null,
  files: await house.lake.listFiles(),
  text: version ? await house.lake.filesOf(version.id, "text") : [],
  quarantine: version ? await house.lake.filesOf(version.id, "quarantine") : [],
  typed: version ? await house.lake.filesOf(version.id, "typed") : [],
});

// the first load is of the version that is not there, so that each start has something to change
const isFirst = files[0] !== undefined && version?.contentHash === createHash("sha256").update(files[0]).digest("hex");
for (let round = 0; round < Number(rounds); round += 1) {
  const text = files[(round + (isFirst ? 1 : 0)) % 2] ?? "";
  const source = await findSource(house.store, "load.csv", null);
  const job = source ? await walls.refresh(source, text) : (await walls.add("org_1", "load.csv", text)).job;
  say({ loaded: job.state, error: job.error });
}
await walls.close();
