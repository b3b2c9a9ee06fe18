import { defineErrors } from "../../kernel/errors.ts";

const again = "Mend the file and add it again. Nothing was kept.";

export const placesError = defineErrors("places", {
  "nothing-there": {
    kind: "missing",
    message: (p: { path: string }) => `There is no place file and no folder at ${p.path}.`,
    remedy: "Check the path.",
  },
  "bad-place-file": {
    kind: "invalid",
    message: (p: { path: string; why: string }) => `The place file ${p.path} cannot be used: ${p.why}.`,
    remedy: "Mend it and load again. docs/place-files.md says what may stand in it.",
  },
  "not-all-done": {
    kind: "invalid",
    message: (p: { problems: string }) =>
      `The folder was loaded, and not all that the place file asks for could be done.\n${p.problems}`,
    remedy: "Mend the place file and load again: what was loaded is not loaded twice.",
  },
  "no-such-file": {
    kind: "invalid",
    message: (p: { file: string }) => `The place file names ${p.file}, and no dataset came of a file of that name.`,
    remedy: "Write the name as the report of the load does.",
  },
  "no-organisation": {
    kind: "invalid",
    message: (p: { name: string }) => `What is loaded belongs to an organisation, and this hub has none called “${p.name}”.`,
    remedy: "Check the name, or add the organisation: guildhall organisation add.",
  },
  "none-chosen": {
    kind: "invalid",
    message: () => "No file was chosen.",
    remedy: "Choose a GeoJSON file.",
  },
  "no-file": {
    kind: "invalid",
    message: (p: { path: string }) => `There is no file ${p.path}, or it cannot be read.`,
    remedy: "Choose a GeoJSON file.",
  },
  "no-title": {
    kind: "invalid",
    message: () => "The areas need a title.",
    remedy: "Say what they are and of when: “Wards, May 2023”.",
  },
  "title-taken": {
    kind: "conflict",
    message: (p: { title: string }) => `There are already areas called “${p.title}”.`,
    remedy: "Choose another title, or remove the areas that have it.",
  },
  "no-dataset": {
    kind: "missing",
    message: () => "There is no such dataset, or it is not your organisation’s.",
    remedy: "Choose one from the list.",
  },
  "no-column": {
    kind: "invalid",
    message: (p: { column: string }) => `There is no column “${p.column}” to go by.`,
    remedy: "Choose a column that a file has.",
  },
  "not-a-code": {
    kind: "invalid",
    message: (p: { column: string }) =>
      `“${p.column}” is no column of codes. A name stays when the area behind it changes, so areas are never looked up by name.`,
    remedy: "Choose a column of area codes, postcodes, UPRNs, USRNs or site codes.",
  },
  "not-the-same": {
    kind: "invalid",
    message: (p: { column: string; is: string; key: string; other: string }) =>
      `“${p.column}” is ${p.is} and “${p.key}” is ${p.other}, so neither can be found in the other.`,
    remedy: "Choose two columns of the same codes.",
  },
  "not-areas": {
    kind: "invalid",
    message: (p: { column: string }) => `“${p.column}” is no column of areas.`,
    remedy: "Choose a column of area codes or of a short list.",
  },
  "no-set": { kind: "missing", message: () => "There are no such areas.", remedy: "Go back to the list of areas." },
  "too-large": {
    kind: "limit",
    message: (p: { megabytes: number }) => `The file is larger than ${p.megabytes} MB.`,
    remedy: "Use generalised boundaries: they draw the same at the size of a page.",
  },
  "too-many": {
    kind: "limit",
    message: (p: { areas: number; most: number }) =>
      `The file has ${p.areas.toLocaleString("en-GB")} areas, and one set holds at most ${p.most.toLocaleString("en-GB")}.`,
    remedy: "Leave out the areas that are not of your place.",
  },
  "not-json": {
    kind: "invalid",
    message: () => "The file is not GeoJSON: it cannot be read as JSON.",
    remedy: "Export the boundaries as GeoJSON in UTF-8. A shapefile or a GeoPackage has to be converted first.",
  },
  "not-collection": {
    kind: "invalid",
    message: () => "The file is JSON, and not a GeoJSON FeatureCollection with at least one feature.",
    remedy: "Export the boundaries as one GeoJSON FeatureCollection.",
  },
  "not-an-area": {
    kind: "invalid",
    message: (p: { feature: string; what: string }) => `${p.feature} is not an area: ${p.what}.`,
    remedy: `Each feature is a Polygon or a MultiPolygon whose rings have four points or more. ${again}`,
  },
  "not-wgs84": {
    kind: "invalid",
    message: (p: { feature: string; at: string; why: string }) => `${p.feature} has a point at ${p.at}, which is ${p.why}.`,
    remedy: `Export the boundaries in WGS84 (EPSG:4326), longitude first, then latitude. ${again}`,
  },
  "no-property": {
    kind: "invalid",
    message: (p: { what: string; found: string }) =>
      `The file does not say which property holds each area’s ${p.what}. It has: ${p.found}.`,
    remedy: "Name the property, as it is written in the file.",
  },
  "missing-code": {
    kind: "invalid",
    message: (p: { feature: string; what: string; property: string }) => `${p.feature} has no ${p.what} in “${p.property}”.`,
    remedy: `Fill it in, or name another property. ${again}`,
  },
  "code-twice": {
    kind: "invalid",
    message: (p: { code: string; first: number; second: number }) =>
      `The code ${p.code} stands twice: in feature ${p.first} and in feature ${p.second}.`,
    remedy: `Each area has one code of its own; parts of one area belong in one MultiPolygon. ${again}`,
  },
});
