import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { costOf, main, median } from "./command.ts";

const columns = 500;

/** Telling what the columns of a wide file are, with no hub: `guildhall detect` on 500 columns of mixed kinds. */
export async function benchDetect(options: { rows?: string | undefined; pairs?: string | undefined }) {
  const rows = Number(options.rows ?? 100_000);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  try {
    const file = join(folder, "wide.csv");
    const megabytes = (await writeWide(file, rows)) / 1_000_000;
    const costs = [];
    for (let run = 0; run < Number(options.pairs ?? 5); run += 1)
      costs.push(await costOf([process.execPath, main, "detect", file, "--json"]));
    return [
      {
        bench: "detect",
        rows,
        columns,
        MB: Math.round(megabytes),
        "CPU s": median(costs.map(({ cpuSeconds }) => cpuSeconds)),
        s: median(costs.map(({ seconds }) => Number(seconds.toFixed(2)))),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeWide(path: string, rows: number): Promise<number> {
  const out = createWriteStream(path);
  let seed = 1;
  const chance = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const kinds: readonly (() => string)[] = [
    () => String(chance(1_000_000)),
    () => `M${1 + chance(30)} ${1 + chance(9)}A${"BDEFGH"[chance(6)] ?? ""}`,
    () => ["Anna", "Ben", "Cara", "Dan", "Eve"][chance(5)] ?? "",
    () => `20${10 + chance(10)}-0${1 + chance(9)}-1${chance(9)}`,
    () => `E0${1_000_000 + chance(9_000_000)}`,
    () => (chance(100_000) / 100).toFixed(2),
    () => `0161${1_000_000 + chance(9_000_000)}`,
  ];
  const pools = kinds.map((kind) => Array.from({ length: 20_000 }, kind));
  out.write(`${Array.from({ length: columns }, (_, at) => `Column ${at}`).join(",")}\n`);
  let bytes = 0;
  for (let row = 0; row < rows; row += 1) {
    const cells = Array.from({ length: columns }, (_, at) => pools[at % kinds.length]?.[chance(20_000)] ?? "");
    const line = `${cells.join(",")}\n`;
    bytes += line.length;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await finished(out);
  return bytes;
}
