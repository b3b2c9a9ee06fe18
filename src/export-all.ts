import { mkdirSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { collect, type House, type Session } from "./access/index.ts";
import { backupActions, recordLeaving } from "./backup.ts";

export interface ExportLine {
  readonly object: string;
  readonly kind: string;
  readonly format: "JSON" | "Parquet" | "NDJSON";
  readonly count: number;
  readonly bytes: number;
  readonly file: string;
}

/**
 * Everything the hub holds, in open formats: each kind of record as JSON, the record of use as NDJSON, and every version
 * of every dataset as the Parquet files that hold it. With `dryRun`, only says what would be written.
 */
export async function exportAll(session: Session, house: House, folder: string, dryRun: boolean): Promise<readonly ExportLine[]> {
  await recordLeaving(session, backupActions.export, house);
  const objects = await collect(house.modules, (contributions) => contributions.exports?.(session, house));
  return session.perform(backupActions.exported, null, async () => {
    if (!dryRun) mkdirSync(join(folder, "datasets"), { recursive: true, mode: 0o700 });
    const lines: ExportLine[] = [];
    const put = (line: Omit<ExportLine, "bytes" | "count">, text: string, count: number) => {
      if (!dryRun) writeFileSync(join(folder, line.file), text, { mode: 0o600 });
      lines.push({ ...line, count, bytes: Buffer.byteLength(text) });
    };
    for (const { name, kind, count, rows } of objects) {
      put({ object: name, kind, format: "JSON", file: `${name}.json` }, `${JSON.stringify(rows, null, 2)}\n`, count);
    }
    const entries = house.audit.search({ limit: 1_000_000 }).toReversed();
    const log = entries.map(({ sequence, entry }) => JSON.stringify({ sequence, ...entry })).join("\n");
    put({ object: "record of use", kind: "log", format: "NDJSON", file: "record-of-use.ndjson" }, `${log}\n`, entries.length);
    const sizes = new Map((await house.lake.listFiles()).map(({ file, bytes }) => [file, bytes]));
    const left = new Set<string>();
    for (const dataset of await house.lake.listDatasets()) {
      for (const version of await house.lake.listVersions(dataset.id)) {
        const columns = version.columns.map(({ number, header }) => ({ column: `c${number}`, header }));
        const stem = `datasets/${dataset.id}-v${version.number}`;
        put(
          {
            object: `${dataset.name}, version ${version.number}, columns`,
            kind: "dictionary",
            format: "JSON",
            file: `${stem}-columns.json`,
          },
          `${JSON.stringify({ lastRecord: version.lastRecord, columns }, null, 2)}\n`,
          columns.length,
        );
        for (const layer of ["text", "quarantine"] as const) {
          const segments = await house.lake.filesOf(version.id, layer);
          if (segments.length === 0) continue;
          // versions of a dataset that grows share segments: each leaves once, and the columns' file says how far one reads
          let bytes = 0;
          for (const path of segments) {
            if (left.has(path)) continue;
            left.add(path);
            bytes += sizes.get(`${dataset.id}/${basename(path)}`) ?? 0;
            if (!dryRun) await copyFile(path, join(folder, `datasets/${dataset.id}-${basename(path)}`));
          }
          lines.push({
            object: `${dataset.name}, version ${version.number}, ${layer}`,
            kind: "data",
            format: "Parquet",
            count: layer === "text" ? version.rows : version.quarantined,
            bytes,
            file: segments.map((path) => `datasets/${dataset.id}-${basename(path)}`).join(" "),
          });
        }
      }
    }
    return lines;
  });
}
