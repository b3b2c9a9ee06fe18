import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { FastifyRequest } from "fastify";
import type { Upload } from "../../access/index.ts";
import { defineErrors } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";

export interface PostedForm {
  readonly form: Readonly<Record<string, string>>;
  readonly forms: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly Upload[];
}

const formError = defineErrors("form", {
  "token-first": {
    kind: "refused",
    message: () => "This form did not come from a page that you have open here, or the page is old.",
    remedy: "Go back, load the page again, and send the form once more.",
  },
  "file-too-large": {
    kind: "limit",
    message: (p: { megabytes: number }) => `The file is larger than ${p.megabytes} MB.`,
    remedy: "Load it on the machine itself with “guildhall source add FILE”, or raise GUILDHALL_UPLOAD_MB.",
  },
});

/**
 * Reads a posted form; files are streamed to `folder` and never held in memory. The form's token comes before its files:
 * where `isOurs` does not know it, reading stops before a byte of a file is kept.
 */
export async function readForm(
  request: FastifyRequest,
  { folder, maxBytes, isOurs }: { folder: string; maxBytes: number; isOurs: (token: string | undefined) => boolean },
): Promise<PostedForm> {
  const forms: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const files: Upload[] = [];
  if (!request.isMultipart()) {
    for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, string | string[]>)) {
      forms[name] = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string"); // JSON can bring others
    }
    return { form: firsts(forms), forms, files };
  }
  try {
    for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 20, fields: 50, fieldSize: 100_000 } })) {
      if (part.type === "field") (forms[part.fieldname] ??= []).push(String(part.value));
      else {
        if (!isOurs(forms["_csrf"]?.[0])) throw formError("token-first", {});
        const path = join(folder, newId("up"));
        files.push({ field: part.fieldname, name: part.filename, path, bytes: 0 });
        await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
        if (part.file.truncated) throw formError("file-too-large", { megabytes: Math.round(maxBytes / 1_000_000) });
      }
    }
  } catch (error) {
    await discard(files);
    throw error;
  }
  return { form: firsts(forms), forms, files: files.filter((file) => file.name !== "") };
}

/** Removes uploads that nobody took. */
export async function discard(files: readonly Upload[]): Promise<void> {
  for (const file of files) await rm(file.path, { force: true });
}

function firsts(forms: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(forms).map(([name, values]) => [name, values[0] ?? ""]));
}
