import { basename, extname } from "node:path";
import { delimiterShare, detectDialect } from "./dialect.ts";
import { headText } from "./encoding.ts";

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
  const start = headText(head).slice(0, 1000).trimStart();
  if (/^<(!doctype\s+html|html)/i.test(start)) return "document";
  const delimited = [".csv", ".tsv", ".tab"].includes(ending);
  if (delimited ? start.startsWith("<?xml") : start.startsWith("<")) return "xml";
  if (delimited ? /^\{\s*"/.test(start) : /^[[{]/.test(start)) return "json";
  if (delimited) return "csv";
  return looksDelimited(head) ? "csv" : "document";
}

/** Whether text without a telling name has the same delimiter in most of its first lines. */
function looksDelimited(head: Buffer): boolean {
  const lines = headText(head)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, 50);
  return delimiterShare(lines, detectDialect(head).delimiter) >= 0.8;
}
