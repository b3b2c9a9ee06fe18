// Static checks: types, lint, format. All are run, so that one report shows everything.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const checks: readonly (readonly string[])[] = [
  ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"],
  ["node_modules/typescript/bin/tsc", "-p", "src/islands/tsconfig.json"],
  ["node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings", "src", "test", "scripts", "bench"],
  ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."],
];

const codes = await Promise.all(checks.map(run));
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;

function run([script, ...args]: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(root, script ?? ""), ...args], { cwd: root, stdio: "inherit" });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
}
