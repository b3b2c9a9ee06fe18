import { createWriteStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { costOf, main, median, root } from "./command.ts";
import { pause, startHub, stopHub } from "./hub.ts";
import { peakMb, treeCpuSeconds } from "./process-tree.ts";

const port = 4478;

/**
 * A file of twelve columns against DuckDB's own COPY of it, in CPU seconds of the command, the hub and all its children.
 * `queryable`: until the version is committed with its columns described, and questions can be asked of it; `typed`: until
 * its typed layer is built too, which makes those questions quick.
 */
export async function benchLoad(options: { rows?: string | undefined; pairs?: string | undefined }) {
  const rows = Number(options.rows ?? 1_000_000);
  const pairs = Number(options.pairs ?? 5);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  const runs: { queryable: number; typed: number; copy: number; seconds: number; peakMb: number }[] = [];
  try {
    const file = join(folder, "big.csv");
    await writeCsv(file, rows);
    for (let pair = 0; pair < pairs; pair += 1) {
      const data = join(folder, `data-${pair}`);
      const ours = await loadInto(data, file);
      const copy = await costOf([process.execPath, join(root, "bench/duckdb-copy.ts"), file, join(folder, "copy.parquet")]);
      runs.push({ ...ours, copy: copy.cpuSeconds });
      rmSync(data, { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const of = (pick: (run: (typeof runs)[number]) => number) => round(median(runs.map(pick)));
  return [
    {
      bench: "load",
      rows,
      pairs,
      "COPY, CPU s": of(({ copy }) => copy),
      "queryable, CPU s": of(({ queryable }) => queryable),
      "queryable / COPY": of(({ queryable, copy }) => queryable / copy),
      "typed, CPU s": of(({ typed }) => typed),
      "typed / COPY": of(({ typed, copy }) => typed / copy),
      "queryable, s": of(({ seconds }) => seconds),
      "job process, peak MB": of(({ peakMb }) => peakMb),
    },
  ];
}

async function loadInto(data: string, file: string) {
  const hub = await startHub(data, port, ["--empty"]);
  try {
    const pid = hub.pid ?? 0;
    const env = { GUILDHALL_DATA: data };
    await costOf([process.execPath, main, "organisation", "add", "Bench"], env);
    const idle = await costOf([process.execPath, main, "source", "list"], env);
    const before = treeCpuSeconds(pid);
    let peak = 0;
    const watch = setInterval(
      () =>
        (peak = Math.max(
          peak,
          peakMb(pid, (line) => line.includes('"role":"job"')),
        )),
      50,
    );
    const add = await costOf([process.execPath, main, "source", "add", file, "--json"], env);
    const command = add.cpuSeconds - idle.cpuSeconds;
    const queryable = treeCpuSeconds(pid) - before + command;
    const lake = join(data, "lake");
    while (readdirSync(lake, { recursive: true }).filter((name) => String(name).endsWith(".parquet")).length < 2) await pause(20);
    while (peakMb(pid, (line) => line.includes('"role":"job"')) > 0) await pause(20);
    clearInterval(watch);
    return { queryable, typed: treeCpuSeconds(pid) - before + command, seconds: add.seconds, peakMb: peak };
  } finally {
    await stopHub(hub);
  }
}

async function writeCsv(path: string, rows: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write("id,name,postcode,dob,amount,sex,ward,note,email,phone,code,flag\n");
  for (let at = 0; at < rows;) {
    let block = "";
    for (const end = Math.min(rows, at + 5000); at < end; at += 1) {
      const [a, b, c] = [at % 9, at % 50, at % 777];
      block += `${at},Name${at % 5000} Surname${c},ZX${a + 1} ${a}AB,${1950 + b}-0${a + 1}-1${a},${(at % 100_000) / 100},${at % 2 ? "F" : "M"},E0509900${a},"note, ${at % 999}",a${at}@example.org,07700 900${String(at % 1000).padStart(3, "0")},C${at % 37},${at % 2}\n`;
    }
    if (!stream.write(block)) await new Promise<void>((resolve) => stream.once("drain", () => resolve()));
  }
  stream.end();
  await finished(stream);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
