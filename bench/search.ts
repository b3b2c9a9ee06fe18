import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "../src/build-house.ts";
import { changedBy, insertEntry, recordAnswers } from "../src/domains/catalogue/index.ts";
import { readSettings } from "../src/kernel/config.ts";
import { createLog } from "../src/kernel/log.ts";
import { percentile, signIn } from "./client.ts";
import { startHub, stopHub } from "./hub.ts";

const port = 4481;
const address = `http://127.0.0.1:${port}`;
const subjects = [
  "libraries",
  "housing",
  "schools",
  "collisions",
  "licences",
  "allotments",
  "benefits",
  "planning",
  "waste",
  "trees",
];
const kinds = [
  "register",
  "survey",
  "return",
  "extract",
  "counts",
  "visits",
  "contacts",
  "payments",
  "inspections",
  "waiting list",
];

/**
 * Pages of the catalogue that a browser asks for while somebody searches among 10,000 datasets: words as they are, beginnings of
 * words, words with a slip, and words that nothing has. The first round is not counted.
 */
export async function benchSearch(options: { rows?: string | undefined; pairs?: string | undefined }) {
  const datasets = Number(options.rows ?? 10_000);
  const rounds = Number(options.pairs ?? 5);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  const data = join(folder, "hub");
  try {
    await stopHub(await startHub(data, port));
    await fill(data, datasets);
    const hub = await startHub(data, port);
    try {
      const cookie = await signIn(address, "amal@wexcombe.example");
      const searches = {
        "a word": subjects,
        "two words": subjects.map((subject, at) => `${subject} ${kinds[at] ?? ""}`),
        "the beginning of a word": subjects.map((subject) => subject.slice(0, 4)),
        "a word with a slip": subjects.map((subject) => `${subject.slice(0, 3)}${subject.slice(4)}`),
        "a word of one dataset": Array.from({ length: 10 }, (_, at) => `ward${at * 997 + 13}`),
        nothing: ["zeppelins", "submarines"],
      };
      const results = [];
      for (const [measure, words] of Object.entries(searches)) {
        const times: number[] = [];
        for (let round = 0; round <= rounds; round += 1)
          for (const text of words) {
            const started = performance.now();
            const reply = await fetch(`${address}/datasets?words=${encodeURIComponent(text)}`, { headers: { cookie } });
            await reply.text();
            if (reply.status !== 200) throw new Error(`${text} gave ${reply.status}.`);
            if (round > 0) times.push(performance.now() - started);
          }
        const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
        results.push({ bench: "search", datasets, measure, n: times.length, "p50 ms": p50, "p99 ms": p99 });
      }
      return results;
    } finally {
      await stopHub(hub);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Enters datasets that nothing was loaded into, half of them the council's own. */
async function fill(data: string, datasets: number): Promise<void> {
  const { house, close } = await openHouse(readSettings({ GUILDHALL_DATA: data, GUILDHALL_LOG: "silent" }), {
    log: createLog("silent"),
  });
  const held = await house.lake.listDatasets();
  const organisations = [...new Set(held.map(({ organisation }) => organisation))];
  const by = changedBy(house.gate.operatorSession(), house);
  for (let first = 0; first < datasets; first += 500)
    await house.store.transaction(async (records) => {
      for (let at = first; at < Math.min(first + 500, datasets); at += 1) {
        const [datasetId, organisation] = [`dst_bench${at}`, organisations[at % organisations.length] ?? ""];
        const title = `${subjects[at % 10] ?? ""} ${kinds[Math.floor(at / 10) % 10] ?? ""} ${at}`;
        await house.lake.createDataset(records, { id: datasetId, organisation, name: title, kind: "snapshot" });
        await insertEntry(records, { datasetId, organisation, title, owner: "Head of insight", dpia: "", createdAt: at });
        const description = `Monthly ${kinds[(at * 7) % 10] ?? ""} of the ${subjects[(at * 3) % 10] ?? ""} team for ward${at}.`;
        await recordAnswers(records, datasetId, { description }, by);
      }
    });
  await close();
}
