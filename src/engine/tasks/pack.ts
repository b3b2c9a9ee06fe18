import { rm } from "node:fs/promises";
import type { FileFacts, PackInput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { ZipWriter } from "../write/zip-writer.ts";

/** Puts files and texts into one zip file; none is left where it could not be finished. */
export async function packFiles({ targetPath, files, texts }: PackInput): Promise<FileFacts> {
  const zip = await ZipWriter.create(targetPath);
  try {
    for (const { name, text } of texts) await zip.addText(name, text);
    for (const { name, path } of files) await zip.addFile(name, path);
    await zip.close();
  } catch (error) {
    await zip.abandon();
    await rm(targetPath, { force: true });
    throw error;
  }
  return hashFile(targetPath);
}
