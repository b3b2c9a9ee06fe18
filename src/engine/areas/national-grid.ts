import proj4 from "proj4";

/** The British National Grid over Airy 1830, to WGS84 by the seven-parameter shift of Ordnance Survey: true to about 5 metres. */
const grid =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy " +
  "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";
const shift = proj4(grid, "WGS84");

/** Longitude and latitude, in degrees, of an easting and a northing in metres. */
export function fromNationalGrid(easting: number, northing: number): readonly [number, number] {
  const [longitude, latitude] = shift.forward([easting, northing]);
  return [longitude, latitude];
}
