import { readHead } from "./file-scan.ts";
import { sniff, type FileKind } from "./sniff.ts";
import type { UnpackBudget } from "./unpack-budget.ts";
import { ZipArchive } from "./zip.ts";

/** What a file is, with workbooks and documents told from archives by what stands in them. */
export async function kindOf(path: string, name: string, budget: UnpackBudget): Promise<FileKind | "xlsx" | "ods"> {
  const kind = sniff(await readHead(path), name);
  if (kind !== "zip") return kind;
  const archive = await ZipArchive.open(path, name, budget);
  try {
    const names = new Set(archive.members.map((entry) => entry.fileName));
    if (names.has("xl/workbook.xml")) return "xlsx";
    if (["xl/workbook.bin", "word/document.xml", "ppt/presentation.xml"].some((each) => names.has(each))) return "document";
    const type = archive.members.find((entry) => entry.fileName === "mimetype");
    if (!type || !names.has("content.xml")) return "zip";
    const chunks: Buffer[] = [];
    for await (const chunk of archive.read(type)) chunks.push(chunk);
    return Buffer.concat(chunks).toString().includes("opendocument.spreadsheet") ? "ods" : "document";
  } finally {
    archive.close();
  }
}
