import { basename, extname } from "node:path";
import { detectDialect } from "./dialect.ts";

/** What a file is, as its first bytes and then its name say. `json` and `xml` may hold several tables, `zip` anything. */
export type FileKind = "csv" | "ndjson" | "json" | "xml" | "parquet" | "gzip" | "zip" | "old-office" | "metadata" | "document";

/** First bytes that say what a file is whatever its name. */
const marks: readonly (readonly [Buffer, FileKind])[] = [
  [Buffer.from([0x1f, 0x8b]), "gzip"],
  [Buffer.from("PK\x03\x04"), "zip"],
  [Buffer.from("PK\x05\x06"), "zip"],
  [Buffer.from("PAR1"), "parquet"],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "old-office"],
  [Buffer.from("%PDF"), "document"],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), "document"],
  [Buffer.from([0xff, 0xd8, 0xff]), "document"],
  [Buffer.from("GIF8"), "document"],
  [Buffer.from("{\\rtf"), "document"],
];

const documentNames = /^(readme|licen[cs]e|notice|changelog|contributing)(\.|$)/i;
const documentEndings = /^\.(pdf|png|jpe?g|gif|tiff?|webp|svg|docx?|odt|rtf|pptx?|odp|html?|md|eml|msg|ya?ml|ttl)$/;
const metadataNames = /(-metadata\.json|(^|[/\\])datapackage\.json)$/i;

export function sniff(head: Buffer, name: string): FileKind {
  const marked = marks.find(([mark]) => head.subarray(0, mark.length).equals(mark));
  if (marked) return marked[1];
  const ending = extname(name).toLowerCase();
  if (documentEndings.test(ending) || documentNames.test(basename(name))) return "document";
  if (metadataNames.test(name)) return "metadata";
  if (ending === ".ndjson" || ending === ".jsonl") return "ndjson";
  const start = textStart(head);
  if (/^<(!doctype\s+html|html)/i.test(start)) return "document";
  if (start.startsWith("<")) return "xml";
  if (start.startsWith("{") || (start.startsWith("[") && ending !== ".csv")) return "json";
  if (ending === ".csv" || ending === ".tsv" || ending === ".tab") return "csv";
  return looksDelimited(head) ? "csv" : "document";
}

function textStart(head: Buffer): string {
  const text = head.subarray(0, 1000);
  const wide = text.length > 1 && ((text[0] === 0xff && text[1] === 0xfe) || (text[0] === 0xfe && text[1] === 0xff));
  return text
    .toString(wide ? "latin1" : "utf8")
    .replaceAll(/^[\ufeff\u00ff\u00fe]+|\0/g, "")
    .trimStart();
}

/** Whether text without a telling name has the same delimiter in each of its first lines. */
function looksDelimited(head: Buffer): boolean {
  const { delimiter, skip } = detectDialect(head);
  const lines = head
    .subarray(skip)
    .toString("latin1")
    .split(/\r?\n/)
    .slice(0, 20)
    .filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.every((line) => line.includes(delimiter));
}
