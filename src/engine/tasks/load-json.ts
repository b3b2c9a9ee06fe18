import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { readChunks } from "../read/file-scan.ts";
import { featureCells } from "../read/geojson-cells.ts";
import { flattenJson, KeyedCells, parseObject, type KeyedCell } from "../read/json-cells.ts";
import { readJsonRecords, type JsonRecord } from "../read/json-records.ts";
import { readLimits } from "../read/limits.ts";
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
  const beside = new Map<string, unknown>();
  const records = readJsonRecords(readChunks(text.path, { start: text.skip, tell, step: "Reading record by record" }), {
    path: input.format === "geojson" ? "features" : input.part,
    offset: text.skip,
    beside: (path, value) => {
      if (beside.size < readLimits.noted) beside.set(path, value);
    },
  });
  return loadRecords(connection, input, {
    records: readObjects(records, cells, input.format === "geojson" ? featureCells : flattenJson),
    header: () => {
      if (cells.headers.length === 0) throw engineError("unreadable", { problem: "The JSON holds no object with a key there." });
      return cells.headers;
    },
    notes: () => [...text.notes, ...besideNotes(beside, input.format === "geojson")],
  });
}

async function* readObjects(
  records: AsyncIterable<JsonRecord>,
  cells: KeyedCells,
  cellsOf: (object: Readonly<Record<string, unknown>>) => Iterable<KeyedCell> | undefined,
): AsyncGenerator<TableRecord> {
  for await (const record of records) {
    const { number, offset, bytes, key } = record;
    const object = record.cut ? undefined : parseObject(bytes.toString("utf8"));
    const found = object && cellsOf(object);
    const placed = { number, offset, firstLine: record.line, lastLine: record.endLine, bytes };
    if (record.cut) yield { ...placed, fields: [], reasons: ["It is longer than 8 MiB. Its first 8 MiB are kept."] };
    else if (!object) yield { ...placed, fields: [], reasons: ["It is not one JSON object."] };
    else if (!found) yield { ...placed, fields: [], reasons: ["It is no GeoJSON feature."] };
    else {
      const own = key === undefined ? [] : [{ key: "key", header: "key", text: key }];
      yield { ...placed, fields: cells.fieldsOf([...own, ...found]), reasons: [] };
    }
  }
}

function besideNotes(beside: ReadonlyMap<string, unknown>, geo: boolean): string[] {
  const notes: string[] = [];
  const system = beside.get("crs/properties/name");
  if (typeof system === "string" && !/CRS84$|[:/]4326$/i.test(system))
    notes.push(`The coordinates are in ${system}, not in WGS84 (longitude and latitude); they are kept as they are.`);
  const said = [...beside]
    .filter(([path]) => !geo || !/^(type$|crs\/)/.test(path))
    .map(([path, value]) => `${path}: ${String(value).slice(0, 200)}`);
  if (said.length > 0) notes.push(`Beside the records the file says ${said.join("; ")}.`);
  return notes;
}
