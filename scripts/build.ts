// Builds dist/: the programs with esbuild, the style sheet with sass, fonts and icons copied. Skipped when nothing changed.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const stamp = join(dist, ".built-from");
const inputs = [
  "package-lock.json",
  "scripts/build.ts",
  ...sourceFiles("src"),
  ...(existsSync(join(root, "places")) ? sourceFiles("places") : []),
];
const wanted = fingerprint(inputs);

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, "assets"), { recursive: true });
  await Promise.all([buildPrograms(), buildIslands(), buildStyle()]);
  const font = join(root, "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files");
  for (const file of readdirSync(font).filter((name) => /-latin(-ext)?-wght-normal\.woff2$/.test(name))) {
    cpSync(join(font, file), join(dist, "assets", file));
  }
  cpSync(join(root, "src/kit/icon.svg"), join(dist, "assets/icon.svg"));
  writeFileSync(stamp, wanted);
}

async function buildPrograms(): Promise<void> {
  await build({
    entryPoints: {
      main: join(root, "src/main.ts"),
      "engine-host": join(root, "src/engine/host.ts"),
      "audit-writer": join(root, "src/audit/log-writer.ts"),
    },
    outdir: dist,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    target: "node24",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: true,
    logLevel: "warning",
  });
}

async function buildIslands(): Promise<void> {
  await build({
    entryPoints: [join(root, "src/islands/main.ts")],
    outfile: join(dist, "assets/islands.js"),
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "esm",
    minify: true,
    logLevel: "warning",
  });
}

async function buildStyle(): Promise<void> {
  const { compileAsync, NodePackageImporter } = await import("sass");
  const { css } = await compileAsync(join(root, "src/kit/style/main.scss"), {
    importers: [new NodePackageImporter(root)],
    style: "compressed",
    quietDeps: true,
  });
  writeFileSync(join(dist, "assets/style.css"), css);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/** Size and time of each input, which is quick; a copied checkout has new times and builds once more. */
function fingerprint(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}
