import type { RowsFormat, RowsOutput, Version } from "../../engine/index.ts";
import { civilDate, formatInstant } from "../../kernel/clock.ts";
import { formatNumber } from "../../kit/index.ts";
import { getType } from "../../vocabulary/index.ts";
import type { Entry, Field } from "../catalogue/index.ts";
import { csvLine } from "../../kernel/csv.ts";

export interface Delivery {
  readonly entry: Entry;
  readonly organisation: string;
  readonly version: Version;
  /** Of the version's columns. */
  readonly fields: readonly Field[];
  readonly format: RowsFormat;
  readonly written: RowsOutput;
  readonly at: number;
}

const mediaTypes: Readonly<Record<RowsFormat, string>> = {
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  geojson: "application/geo+json",
};

export function dataFileOf(format: RowsFormat): string {
  return `data.${format}`;
}

export function deliveryName({ title }: Entry, { number }: Version, format: RowsFormat): string {
  return `${title.slice(0, 100)} v${number} ${format}.zip`;
}

/** What goes with the rows: what they are and whose, for people; what each column is; and both for programs. */
export function deliveryTexts(delivery: Delivery): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: "README.txt", text: readme(delivery) },
    { name: "dictionary.csv", text: dictionary(delivery) },
    { name: "datapackage.json", text: `${JSON.stringify(dataPackage(delivery), null, 2)}\n` },
  ];
}

/** Where the rows come from, in one line. */
export function exportSource({ entry, organisation, version }: Delivery): string {
  return `Source: ${entry.title}, ${organisation}, version ${version.number}, loaded ${formatInstant(version.committedAt)}.`;
}

function readme(delivery: Delivery): string {
  const { entry, version, fields, format, written, at } = delivery;
  const lines = [
    entry.title,
    "",
    ...(entry.description === "" ? [] : [entry.description, ""]),
    exportSource(delivery),
    `Attribution: ${entry.attribution || "none recorded"}`,
    `Licence: ${entry.licence || "none recorded; ask the owner before you pass it on"}`,
    `Owner: ${entry.owner ?? "none recorded"}`,
    `Exported: ${formatInstant(at)}`,
    "",
    `${dataFileOf(format)}: ${formatNumber(written.rows)} rows, ${formatNumber(fields.length)} columns, ${formatNumber(written.file.bytes)} bytes`,
    `SHA-256 of ${dataFileOf(format)}: ${written.file.sha256}`,
    `SHA-256 of the rows: ${written.csv.sha256}`,
    "",
    "The second is that of the rows written as CSV by this hub: the same rows give the same one in every format, and CSV that is",
    "loaded into a hub makes a version with this content hash.",
    "",
    "Every cell stands as it was received: nothing is tidied up, and what stands for nothing (such as N/A) is still there.",
    "dictionary.csv says what each column is and how the hub reads it. Records that could not be read are not in the file.",
    ...(version.state === "redacted" ? ["Some records of this version were erased or corrected by law."] : []),
    ...formatNotes[format],
    "",
  ];
  return lines.join("\r\n");
}

const formatNotes: Readonly<Record<RowsFormat, readonly string[]>> = {
  csv: [
    "Cells may begin with =, +, - or @. A spreadsheet would take these for formulas: import the columns as text, or export a workbook.",
  ],
  parquet: [],
  xlsx: ["All cells are text, so that zeros at the front stay and no formula runs. A row with nothing in it is a blank row."],
  geojson: [
    "Every column is a property. A row has a point where it says where it is in degrees, and no geometry where it does not.",
  ],
};

function dictionary({ version, fields }: Delivery): string {
  const head = ["column", "position", "type", "label", "class", "decided by", "dates read as", "stands for nothing"];
  const rows = inOrder(version, fields).map((field, at) => [
    field.name,
    at + 1,
    field.type,
    getType(field.type).label,
    field.class,
    field.decidedBy,
    datesOf(field),
    (field.reading.missing ?? []).join("; "),
  ]);
  return [head, ...rows].map(csvLine).join("");
}

function datesOf({ type, reading: { dates } }: Field): string {
  if (dates === undefined || getType(type).dated !== true) return "";
  const from = dates.centuryFrom;
  return from === undefined ? dates.order : `${dates.order}, years of two figures as ${from} to ${from + 99}`;
}

/** Frictionless Data Package (datapackage.org), with the hub's own facts under names of its own. */
function dataPackage(delivery: Delivery): unknown {
  const { entry, version, fields, format, written, at } = delivery;
  return {
    name: `guildhall-${entry.datasetId.toLowerCase().replaceAll(/[^a-z0-9._-]/g, "-")}`,
    title: entry.title,
    description: entry.description,
    created: new Date(at).toISOString(),
    version: String(version.number),
    ...(entry.licence === "" ? {} : { licenses: [{ title: entry.licence }] }),
    sources: [{ title: entry.attribution || exportSource(delivery) }],
    attribution: entry.attribution,
    loaded: civilDate(version.committedAt),
    contentHash: version.contentHash,
    rowsHash: written.csv.sha256,
    resources: [
      {
        name: "rows",
        path: dataFileOf(format),
        format,
        mediatype: mediaTypes[format],
        encoding: "utf-8",
        bytes: written.file.bytes,
        hash: `sha256:${written.file.sha256}`,
        rows: written.rows,
        schema: {
          fields: inOrder(version, fields).map((field) => ({
            name: field.name,
            type: "string",
            title: getType(field.type).label,
            semanticType: field.type,
            class: field.class,
          })),
          missingValues: [""],
        },
      },
    ],
  };
}

function inOrder(version: Version, fields: readonly Field[]): readonly Field[] {
  return version.columns.flatMap(({ number }) => fields.find((field) => field.number === number) ?? []);
}
