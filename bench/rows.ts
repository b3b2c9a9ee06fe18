import { createWriteStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { csrfOf, percentile, signIn } from "./client.ts";
import { costOf, main } from "./command.ts";
import { pause, startHub, stopHub } from "./hub.ts";

const port = 4480;
const address = `http://127.0.0.1:${port}`;

/**
 * The page of rows of a large dataset of twelve columns, as a browser fetches it, one after another: each column in both
 * orders, at the first page, in the middle and at the last that can be reached; then conditions, and a search. The first round,
 * which reads the files from the disk, is not counted.
 */
export async function benchRows(options: { rows?: string | undefined; pairs?: string | undefined }) {
  const rows = Number(options.rows ?? 1_000_000);
  const rounds = Number(options.pairs ?? 5);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  const data = join(folder, "hub");
  const hub = await startHub(data, port);
  try {
    const file = join(folder, "big.csv");
    await writeCsv(file, rows);
    await costOf([process.execPath, main, "source", "add", file, "--name", "Big"], { GUILDHALL_DATA: data });
    const cookie = await signIn(address, "amal@wexcombe.example");
    const path = await openDataset(cookie, data);
    const get = async (query: string) => {
      const started = performance.now();
      const reply = await fetch(`${address}${path}/rows?${query}`, { headers: { cookie } });
      const text = await reply.text();
      if (reply.status !== 200 || !text.includes("</table>")) throw new Error(`${query} gave ${reply.status}.`);
      return performance.now() - started;
    };
    const sorts = Array.from({ length: 12 }, (_, at) => [`sort=${at + 1}`, `sort=-${at + 1}`]).flat();
    const kinds = {
      "any sort, first page": sorts,
      "any sort, page 100": sorts.map((sort) => `${sort}&page=100`),
      "any sort, page 200": sorts.map((sort) => `${sort}&page=200`),
      "no sort": ["", "page=100"],
      "a condition, any sort": sorts.map((sort) => `${sort}&c1=11&o1=is&v1=C5`),
      "a search": ["search=surname77"],
    };
    const results = [];
    for (const [measure, queries] of Object.entries(kinds)) {
      const times: number[] = [];
      const slowest = { query: "", time: 0 };
      for (let round = 0; round <= rounds; round += 1)
        for (const query of queries) {
          const time = await get(query);
          if (round === 0) continue;
          times.push(time);
          if (time > slowest.time) Object.assign(slowest, { query, time });
        }
      const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
      results.push({ bench: "rows", rows, measure, n: times.length, "p50 ms": p50, "p99 ms": p99, slowest: slowest.query });
    }
    return results;
  } finally {
    await stopHub(hub);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the columns are typed, and says as its owner that the dataset describes no people. */
async function openDataset(cookie: string, data: string): Promise<string> {
  const text = async (path: string) => (await fetch(address + path, { headers: { cookie } })).text();
  const path = /href="(\/datasets\/[^"]+)"[^>]*>Big</.exec(await text("/datasets?words=big"))?.[1] ?? "";
  const form = await text(`${path}/describe`);
  const body = new URLSearchParams({ _csrf: csrfOf(form), title: "Big", people: "no", peopleReason: "Each row is made up." });
  await fetch(`${address}${path}/describe`, { method: "POST", headers: { cookie, origin: address }, redirect: "manual", body });
  const lake = join(data, "lake", path.split("/")[2] ?? "");
  while (readdirSync(lake).filter((name) => name.endsWith(".parquet")).length < 2) await pause(100);
  return path;
}

async function writeCsv(path: string, rows: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write("no,thing,place,opened,amount,side,ward,note,web,level,code,flag\n");
  for (let at = 0; at < rows;) {
    let block = "";
    for (const end = Math.min(rows, at + 5000); at < end; at += 1) {
      const mixed = (at * 2_654_435_761) % 4_294_967_296;
      block += `${at},Thing ${at % 5000} Surname${mixed % 7777},ZX${(at % 9) + 1} ${at % 8}AB,${1950 + (mixed % 70)}-0${(at % 9) + 1}-1${at % 9},${(mixed % 100_000) / 100},${at % 2 ? "Left" : "Right"},E0509900${at % 9},"note, ${mixed.toString(36)}",https://example.org/${mixed.toString(16)},${mixed / 1000},C${at % 37},${at % 2}\n`;
    }
    if (!stream.write(block)) await new Promise<void>((resolve) => stream.once("drain", () => resolve()));
  }
  stream.end();
  await finished(stream);
}
