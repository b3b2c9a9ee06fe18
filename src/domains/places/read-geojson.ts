import { windForD3, type AreaGeometry, type AreaShape } from "../../kit/index.ts";
import { placesError } from "./errors.ts";

export const areaLimits = { areas: 20_000, megabytes: 50 } as const;

export interface PropertyChoice {
  readonly code?: string | undefined;
  readonly name?: string | undefined;
}

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type?: unknown; readonly coordinates?: unknown } | null;
}

type Point = readonly [number, number];

/**
 * The areas of a GeoJSON text, wound as the maps need them (outer rings clockwise), points rounded to 0.1 m. The
 * properties with each area's code and name are found by their names unless chosen. Fails with `places.…`, naming the
 * feature by its number in the file, the first being 1, and its name where it has one.
 */
export function readGeoJson(text: string, choice: PropertyChoice = {}): readonly AreaShape[] {
  const features = featuresOf(text);
  const names = [...new Set(features.slice(0, 100).flatMap(({ properties }) => Object.keys(properties)))];
  const codeProperty = findProperty(names, "code", choice.code);
  const nameProperty = findProperty(names, "name", choice.name);
  const seen = new Map<string, number>();
  return features.map(({ properties, geometry }, at) => {
    const name = textOf(properties[nameProperty]);
    const feature = `Feature ${at + 1}${name === "" ? "" : ` (“${name.slice(0, 60)}”)`}`;
    const code = textOf(properties[codeProperty]);
    if (code === "") throw placesError("missing-code", { feature, what: "code", property: codeProperty });
    if (name === "") throw placesError("missing-code", { feature, what: "name", property: nameProperty });
    const first = seen.get(code);
    if (first !== undefined) throw placesError("code-twice", { code, first, second: at + 1 });
    seen.set(code, at + 1);
    return { code, name, geometry: geometryOf(geometry, feature) };
  });
}

function featuresOf(text: string): readonly Feature[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw placesError("not-json", {}, { file: "Choose a GeoJSON file." });
  }
  const list = isRecord(parsed) && parsed["type"] === "FeatureCollection" ? parsed["features"] : undefined;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isRecord))
    throw placesError("not-collection", {}, { file: "Choose a GeoJSON FeatureCollection." });
  if (list.length > areaLimits.areas) throw placesError("too-many", { areas: list.length, most: areaLimits.areas });
  return list.map((feature) => ({
    properties: isRecord(feature["properties"]) ? feature["properties"] : {},
    geometry: isRecord(feature["geometry"]) ? feature["geometry"] : null,
  }));
}

/** Plain names first, then those of the ONS (`WD23CD`, `WD23NM`) and any that ends so, where there is only one. */
function findProperty(names: readonly string[], what: "code" | "name", chosen: string | undefined): string {
  const found = names.length === 0 ? "no properties at all" : names.slice(0, 12).join(", ");
  const missing = () => placesError("no-property", { what, found }, { [what]: `Choose one of: ${found}.` });
  if (chosen !== undefined && chosen.trim() !== "") {
    if (!names.includes(chosen.trim())) throw missing();
    return chosen.trim();
  }
  const plain = [`area_${what}`, what].find((name) => names.includes(name));
  if (plain !== undefined) return plain;
  const ending = what === "code" ? /(code|cd)$/i : /(name|nm)$/i;
  const alike = names.filter((name) => ending.test(name));
  if (alike.length !== 1 || alike[0] === undefined) throw missing();
  return alike[0];
}

function geometryOf(geometry: Feature["geometry"], feature: string): AreaGeometry {
  const type = geometry?.type;
  if (type !== "Polygon" && type !== "MultiPolygon")
    throw placesError("not-an-area", {
      feature,
      what: geometry === null ? "it has no geometry" : `it is a ${textOf(type) || "thing without a type"}`,
    });
  const polygons: unknown = type === "Polygon" ? [geometry?.coordinates] : geometry?.coordinates;
  if (!Array.isArray(polygons) || polygons.length === 0) throw placesError("not-an-area", { feature, what: "it has no rings" });
  const coordinates = polygons.map((rings: unknown) => {
    if (!Array.isArray(rings) || rings.length === 0) throw placesError("not-an-area", { feature, what: "it has no rings" });
    return rings.map((ring: unknown) => ringOf(ring, feature));
  });
  return { type: "MultiPolygon", coordinates: windForD3({ type: "MultiPolygon", coordinates }) };
}

function ringOf(ring: unknown, feature: string): readonly Point[] {
  if (!Array.isArray(ring)) throw placesError("not-an-area", { feature, what: "a ring is not a list of points" });
  const points = ring.map((point: unknown) => pointOf(point, feature));
  const [first, last] = [points[0], points.at(-1)];
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) points.push(first);
  if (points.length < 4) throw placesError("not-an-area", { feature, what: `a ring has ${points.length} points` });
  return points;
}

function pointOf(point: unknown, feature: string): Point {
  const [x, y]: readonly unknown[] = Array.isArray(point) ? point : [];
  if (typeof x !== "number" || typeof y !== "number")
    throw placesError("not-an-area", { feature, what: "a point has no two numbers" });
  const at = `${x}, ${y}`;
  if (Math.abs(x) > 180 || Math.abs(y) > 90)
    throw placesError("not-wgs84", { feature, at, why: "no longitude and latitude; it looks like metres of the National Grid" });
  if (x > 49 && x < 61 && y > -9 && y < 3)
    throw placesError("not-wgs84", { feature, at, why: "latitude first and longitude second" });
  return [round(x), round(y)];
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
