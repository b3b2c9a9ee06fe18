import { getType } from "../../vocabulary/index.ts";
import type { Place } from "../protocol.ts";

/**
 * Rows as a GeoJSON FeatureCollection (RFC 7946): every column a property, as received; a point where the row has one in
 * degrees, and no geometry where it has none.
 */
export async function* features(
  rows: AsyncIterable<readonly string[]>,
  columns: readonly string[],
  place: Place | null,
): AsyncGenerator<string> {
  let block = '{"type":"FeatureCollection","features":[';
  let first = true;
  for await (const row of rows) {
    const properties = columns.map((name, at) => `${JSON.stringify(name)}:${JSON.stringify(row[at] ?? "")}`);
    block += `${first ? "\n" : ",\n"}{"type":"Feature","properties":{${properties.join(",")}},"geometry":${geometry(row, place)}}`;
    first = false;
    if (block.length < 1 << 16) continue;
    yield block;
    block = "";
  }
  yield `${block}\n]}\n`;
}

function geometry(row: readonly string[], place: Place | null): string {
  const point = place && pointOf(row, place);
  return point ? `{"type":"Point","coordinates":[${point.join(",")}]}` : "null";
}

function pointOf(row: readonly string[], place: Place): readonly [number, number] | undefined {
  const cell = (at: number, type: string) => getType(type).parse(row[at] ?? "") ?? "";
  const texts =
    "point" in place
      ? cell(place.point, "geo.point").split(",")
      : [cell(place.latitude, "geo.latitude"), cell(place.longitude, "geo.longitude")];
  const [latitude = Number.NaN, longitude = Number.NaN] = texts.map((text) => (text === "" ? Number.NaN : Number(text)));
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [longitude, latitude] : undefined;
}
