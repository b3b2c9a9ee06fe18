// The assets of pages, built from source as scripts/build.ts builds them into dist/, for tests that show pages.
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileAsync, NodePackageImporter } from "sass";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A file of `/assets/`, by name. */
export async function buildAssets(): Promise<(name: string) => { type: string; body: Buffer } | undefined> {
  const [{ css }, bundle] = await Promise.all([
    compileAsync(`${root}src/kit/style/main.scss`, {
      importers: [new NodePackageImporter(root)],
      style: "compressed",
      quietDeps: true,
    }),
    build({
      entryPoints: [`${root}src/islands/main.ts`],
      bundle: true,
      platform: "browser",
      target: "es2022",
      format: "esm",
      minify: true,
      write: false,
    }),
  ]);
  return (name) => {
    if (name === "style.css") return { type: "text/css; charset=utf-8", body: Buffer.from(css) };
    if (name === "islands.js") {
      return { type: "text/javascript; charset=utf-8", body: Buffer.from(bundle.outputFiles[0]?.contents ?? []) };
    }
    if (!/^atkinson-hyperlegible-next-[\w-]+\.woff2$/.test(name)) return undefined;
    const font = `${root}node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/${name}`;
    return { type: "font/woff2", body: readFileSync(font) };
  };
}
