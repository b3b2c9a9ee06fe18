import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { Beside } from "../read/beside.ts";
import { readChunks } from "../read/file-scan.ts";
import { featureCells } from "../read/geojson-cells.ts";
import { flattenJson, KeyedCells, parseObject, type KeyedCell } from "../read/json-cells.ts";
import { readJsonRecords, type JsonRecord } from "../read/json-records.ts";
import { loadRecords, type TableRecord } from "./load-records.ts";
import { readyText } from "./ready-text.ts";

/** Reads one list of objects, or object of objects, out of JSON; of GeoJSON its features. */
export async function loadJson(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const text = await readyText(input, tell);
  const cells = new KeyedCells();
  const beside = new Beside();
  const records = readJsonRecords(readChunks(text.path, { start: text.skip, tell, step: "Reading record by record" }), {
    path: input.format === "geojson" ? "features" : input.part,
    offset: text.skip,
    beside: (path, value) => beside.add(path, String(value)),
  });
  return loadRecords(connection, input, {
    records: readObjects(records, cells, input.format === "geojson" ? featureCells : flattenJson),
    header: () => {
      if (cells.headers.length === 0) throw engineError("unreadable", { problem: "The JSON holds no object with a key there." });
      return cells.headers;
    },
    notes: () => [...text.notes, ...(input.format === "geojson" ? geoNotes(beside) : beside.notes())],
  });
}

async function* readObjects(
  records: AsyncIterable<JsonRecord>,
  cells: KeyedCells,
  cellsOf: (object: Readonly<Record<string, unknown>>) => Iterable<KeyedCell> | undefined,
): AsyncGenerator<TableRecord> {
  for await (const record of records) {
    const { number, offset, bytes, key } = record;
    const placed = { number, offset, firstLine: record.line, lastLine: record.endLine, bytes };
    const object = record.cut ? "It is longer than 8 MiB. Its first 8 MiB are kept." : parseObject(bytes.toString("utf8"));
    const found = typeof object === "string" ? object : (cellsOf(object) ?? "It is no GeoJSON feature.");
    if (typeof found === "string") yield { ...placed, fields: [], reasons: [found] };
    else {
      const own = key === undefined ? [] : [{ key: "key", header: "key", text: key }];
      yield { ...placed, fields: cells.fieldsOf([...own, ...found]), reasons: [] };
    }
  }
}

function geoNotes(beside: Beside): string[] {
  const system = beside.get("crs/properties/name");
  const other =
    system === undefined || /CRS84$|[:/]4326$/i.test(system)
      ? []
      : [`The coordinates are in ${system}, not in WGS84 (longitude and latitude); they are kept as they are.`];
  return [...other, ...beside.notes(/^(type$|crs\/)/)];
}
