import { copyFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command, CommandRequest } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { formatBytes, formatNumber } from "../../kit/index.ts";
import { getEntry } from "../catalogue/index.ts";
import { fetchExport, startExport } from "./exports.ts";

export const exportCommands: readonly Command[] = [
  {
    verb: "data export",
    summary: "Export a dataset that describes no people: its rows as received, with dictionary, source, licence and attribution.",
    usage:
      "guildhall data export ID|TITLE --format csv|parquet|xlsx|geojson [--out FILE.zip] [--version N | --on YYYY-MM-DD] [--json]",
    example: "guildhall data export 'Population by ward' --format csv --out population.zip",
    flags: {
      format: { type: "string", about: "csv, parquet, xlsx or geojson; csv when left out." },
      out: { type: "string", about: "The zip file to write; named after the dataset, here, when left out." },
      version: { type: "string", about: "A version by its number; the newest when left out." },
      on: { type: "string", about: "As the dataset stood at the end of this day." },
    },
    takes: { least: 1, most: 1 },
    run: exportDataset,
  },
];

async function exportDataset({ session, house, arguments: [name = ""], flags, cwd, out }: CommandRequest): Promise<void> {
  const { entry } = await getEntry(session, name, house);
  const dataset = entry.datasetId;
  const wanted = {
    dataset,
    format: String(flags["format"] ?? "csv"),
    version: flags["version"] === undefined ? null : Number(flags["version"]) || 0,
    on: typeof flags["on"] === "string" ? flags["on"] : null,
  };
  const { id } = await startExport(session, wanted, house);
  const job = await house.jobs.wait(id, (progress) => out.progress({ ...progress, unit: "steps" }));
  out.progress(null);
  if (job.error) throw new GuildhallError({ ...job.error, kind: job.error.kind ?? "broken" });
  const made = await fetchExport(session, dataset, id, house);
  const file = resolve(cwd, typeof flags["out"] === "string" ? flags["out"] : made.name);
  await copyFile(made.path, file);
  out.line(`${formatNumber(made.rows)} rows of “${entry.title}” are in ${file} (${formatBytes(made.bytes)}).`);
  out.line(`SHA-256 of the rows: ${made.rowsHash}`);
  out.json({ file, rows: made.rows, bytes: made.bytes, rowsHash: made.rowsHash });
}
