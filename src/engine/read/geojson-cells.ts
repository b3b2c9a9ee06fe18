import { cellText, flattenJson, isObject, type KeyedCell } from "./json-cells.ts";

/**
 * The cells of a GeoJSON feature: its properties, then where it is. A point is a longitude and a latitude, with a height
 * where there is one; any other shape is GeoJSON text as it stands, its rings wound as they are. Nothing for what is no
 * feature.
 */
export function featureCells(feature: Readonly<Record<string, unknown>>): readonly KeyedCell[] | undefined {
  const { type, id, properties, geometry, ...others } = feature;
  if (type !== "Feature") return undefined;
  const cells = isObject(properties) ? [...flattenJson(properties, "p")] : [];
  if (id !== undefined) cells.push({ key: "id", header: "feature_id", text: cellText(id) });
  cells.push(...flattenJson(others, "o"));
  return [...cells, ...placeCells(geometry)];
}

const point = ["longitude", "latitude", "altitude"] as const;

function placeCells(geometry: unknown): KeyedCell[] {
  if (geometry === null || geometry === undefined) return [];
  const place: unknown = isObject(geometry) && geometry["type"] === "Point" ? geometry["coordinates"] : undefined;
  if (!Array.isArray(place) || place.length < 2 || place.length > 3)
    return [{ key: "g", header: "geometry", text: cellText(geometry) }];
  return place.map((value: unknown, at) => ({ key: `g${at}`, header: point[at] ?? "", text: cellText(value) }));
}
