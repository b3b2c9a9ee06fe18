import { ageOn, asAt } from "./dates.ts";
import { csvLine } from "./csv.ts";
import type { Town } from "./town.ts";

const ageBands = [
  [0, 15, "0 to 15"],
  [16, 29, "16 to 29"],
  [30, 44, "30 to 44"],
  [45, 64, "45 to 64"],
  [65, 79, "65 to 79"],
  [80, 200, "80 and over"],
] as const;

/** The ward boundaries as GeoJSON (RFC 7946 but for winding: outer rings run clockwise, as d3-geo reads them). */
export function wardsGeoJson({ wards }: Town): string {
  const features = wards.map(({ code, name, kind, ring }) => ({
    type: "Feature",
    properties: { ward_code: code, ward_name: name, kind },
    geometry: { type: "Polygon", coordinates: [ring] },
  }));
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

/** Residents by ward, sex and age band, every combination, zeros too. */
export function wardPopulationCsv({ wards, residents }: Town): string {
  const counts = new Map<string, number>();
  for (const { home, sex, born } of residents) {
    const age = ageOn(born, asAt);
    const band = ageBands.find(([least, most]) => age >= least && age <= most)?.[2] ?? "";
    const key = `${home.ward} ${sex} ${band}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = wards.flatMap(({ code, name }) =>
    (["F", "M"] as const).flatMap((sex) =>
      ageBands.map(([, , band]) =>
        csvLine([code, name, sex === "F" ? "Female" : "Male", band, String(counts.get(`${code} ${sex} ${band}`) ?? 0)]),
      ),
    ),
  );
  return `${["ward_code,ward_name,sex,age_band,residents", ...rows].join("\n")}\n`;
}
