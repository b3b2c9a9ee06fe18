import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { finished } from "node:stream/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { costOf, main, median, root } from "./command.ts";

/** A file of twelve columns, from `source add` to a committed, typed version, against DuckDB's own COPY of the file. */
export async function benchLoad(options: { rows?: string | undefined; pairs?: string | undefined }) {
  const rows = Number(options.rows ?? 1_000_000);
  const pairs = Number(options.pairs ?? 5);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  try {
    const file = join(folder, "big.csv");
    await writeCsv(file, rows);
    const ours: number[] = [];
    const theirs: number[] = [];
    const seconds: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const env = { GUILDHALL_DATA: join(folder, `data-${pair}`) };
      await costOf([process.execPath, main, "organisation", "add", "Bench"], env);
      const idle = await costOf([process.execPath, main, "source", "list"], env);
      const load = await costOf([process.execPath, main, "source", "add", file, "--json"], env);
      ours.push(load.cpuSeconds - idle.cpuSeconds);
      seconds.push(load.seconds);
      theirs.push(
        (await costOf([process.execPath, join(root, "bench/duckdb-copy.ts"), file, join(folder, "copy.parquet")])).cpuSeconds,
      );
      rmSync(env.GUILDHALL_DATA, { recursive: true, force: true });
    }
    const ratio = ours.map((value, at) => value / (theirs[at] ?? 1));
    return [
      {
        bench: "load",
        rows,
        pairs,
        "ours, CPU s": round(median(ours)),
        "COPY, CPU s": round(median(theirs)),
        ratio: round(median(ratio)),
        "ours, s": round(median(seconds)),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
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
