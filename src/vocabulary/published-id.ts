/**
 * The hub keeps some kinds of value apart that the published list of types has as one: the two halves of a position, and what
 * is only counted or chosen from a few. Others read the ids of the list.
 */
const published: ReadonlyMap<string, string> = new Map([
  ["geo.longitude", "geo.point"],
  ["geo.latitude", "geo.point"],
  ["geo.easting", "geo.point"],
  ["geo.northing", "geo.point"],
  ["number", "measure"],
  ["percentage", "measure"],
  ["yes_no", "category"],
  ["time.of_day", "category"],
]);

/** The id under which others know a type. */
export function publishedId(id: string): string {
  return published.get(id) ?? id;
}
