import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface Program {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A program of this folder, built so that plain Node runs it (it does not read JSX), with the programs of the
 * engine and of the log beside it as in a release. It lies where packages are found.
 */
export async function bundle(entry: string): Promise<Program> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const cache = join(root, "node_modules", ".cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "crash-"));
  await build({
    entryPoints: {
      program: fileURLToPath(new URL(entry, import.meta.url)),
      "engine-host": join(root, "src/engine/host.ts"),
      "audit-writer": join(root, "src/audit/log-writer.ts"),
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "error",
  });
  return { path: join(folder, "program.js"), remove: () => rm(folder, { recursive: true, force: true }) };
}
