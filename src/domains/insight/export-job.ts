import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Granted, JobKind, JobRequest } from "../../access/index.ts";
import type { Place, Version } from "../../engine/index.ts";
import { ident, join as list, sql, type Fragment } from "../../sql/index.ts";
import { insightActions } from "./actions.ts";
import { insightError } from "./errors.ts";
import { dataFileOf, deliveryName, deliveryTexts } from "./delivery.ts";
import { deliveryPath, exportKind, placeOf, type ExportInput, type ExportResult } from "./exports.ts";
import { findReadable } from "./readable.ts";

/** Writes a version whole, as received, with everything that must go with it, into one zip file for the person who asked. */
export const exportJob: JobKind = {
  kind: exportKind,
  label: "Export a dataset",
  run: async (request) => {
    const folder = await mkdtemp(join(request.house.folder.temporary, "export-"));
    try {
      return await exportVersion(folder, request);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  discard: async (job, house) => rm(deliveryPath(house, job.id), { force: true }),
};

async function exportVersion(
  folder: string,
  { job, session, house, process, signal, progress }: JobRequest,
): Promise<ExportResult> {
  const { dataset, version: number, format } = job.input as ExportInput;
  return session.perform(insightActions.export, { kind: "dataset", id: dataset, organisation: null }, async (scope) => {
    const { entry, fields } = await findReadable(scope, session, dataset);
    const version = await house.lake.findVersion(dataset, number);
    if (!version) throw insightError("no-version", { version: number });
    const columns = version.columns.map((column) => column.number);
    const granted = await scope.relation({
      dataset,
      action: "export",
      under: "own",
      columns,
      layer: "received",
      version: number,
    });
    const step = (words: string, done: number) => progress({ step: words, done, total: 2, unit: "steps" });
    step("Writing the rows", 0);
    const targetPath = join(folder, dataFileOf(format));
    const csvPath = format === "csv" ? targetPath : join(folder, "rows.csv");
    const target = {
      format,
      columns: version.columns.map(({ header }) => header),
      place: placeIn(version, fields),
      csvPath,
      targetPath,
    };
    const written = await scope.writeOn(process, rowsStatement(granted, version), target, { signal });
    step("Packing the file", 1);
    const held = fields.filter((field) => columns.includes(field.number));
    const texts = deliveryTexts({
      entry,
      version,
      fields: held,
      format,
      written,
      at: house.clock(),
      organisation: session.person?.organisationName ?? "",
    });
    const files = [{ name: dataFileOf(format), path: targetPath }];
    const { bytes } = await process.run("pack", { targetPath: deliveryPath(house, job.id), files, texts }, { signal });
    return {
      name: deliveryName(entry, version, format),
      rows: written.rows,
      bytes,
      contentHash: version.contentHash,
      rowsHash: written.csv.sha256,
    };
  });
}

/** The names of the columns, then the rows in the order of the file. A lone empty cell keeps its quotes: a blank line is no record. */
function rowsStatement({ relation }: Granted, { columns }: Version): Fragment {
  const names = columns.map(({ number, header }) => sql`${header} AS ${ident(`c${number}`)}`);
  const cells = columns.map(({ number }) => {
    const cell = ident(`c${number}`);
    return columns.length === 1 ? cell : sql`nullif(${cell}, '') AS ${cell}`;
  });
  return sql`SELECT ${list(names, ", ")} UNION ALL SELECT ${list(cells, ", ")} FROM ${relation}`;
}

/** The same columns by their place in the file. */
function placeIn(version: Version, fields: Parameters<typeof placeOf>[0]): Place | null {
  const at = (number: number) => version.columns.findIndex((column) => column.number === number);
  const place = placeOf(fields.filter(({ number }) => at(number) >= 0));
  if (place === null) return null;
  return "point" in place ? { point: at(place.point) } : { latitude: at(place.latitude), longitude: at(place.longitude) };
}
