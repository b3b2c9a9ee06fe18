// Runs a task of this checkout, or the command of an installed package, on the pinned Node. May itself meet any Node from 20 on, so it is plain JavaScript.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
/** Whether this is a package that somebody installed: it comes built, and its packages lie in it or beside it. */
const isInstalled = !existsSync(join(root, "src"));
const build = ["scripts/build.ts"];
const vitest = ["node_modules/vitest/vitest.mjs", "run"];

/**
 * How the built program runs. Left alone its heap takes what the machine has, and glibc keeps what each thread has freed:
 * 510 MB resident after a busy minute, of which 50 MB were alive; so it is 185 MB (measured).
 */
export const program = {
  flags: ["--expose-gc", "--heap-growing-percent=20"],
  env: { MALLOC_ARENA_MAX: "2" },
};

/** Each task: the packages it needs ("run" leaves out what only tests need) and its steps, the last taking the arguments. */
const tasks = {
  start: { packages: "run", steps: [build, ["dist/main.js", "start"]] },
  build: { packages: "run", steps: [build] },
  guildhall: { packages: "run", steps: [build, ["dist/main.js"]] },
  test: { packages: "all", steps: [["scripts/check.ts"], build, vitest] },
  vitest: { packages: "all", steps: [build, vitest] },
  check: { packages: "all", steps: [["scripts/check.ts"]] },
  format: { packages: "all", steps: [["node_modules/prettier/bin/prettier.cjs", "--write", "."]] },
  pictures: { packages: "all", steps: [build, ["scripts/pictures.ts"]] },
  bench: { packages: "all", steps: [build, ["bench/run.ts"]] },
  mutate: { packages: "all", steps: [["node_modules/@stryker-mutator/core/bin/stryker.js", "run"]] },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await runTask(process.argv[2] ?? "start", process.argv.slice(3));
}

/** Installs what the task needs, then runs its steps in order; gives the exit code of the first that fails, else 0. */
export async function runTask(name, args, cwd = root) {
  const task = tasks[name];
  if (!task) return fail(`Unknown task ${name}. Tasks: ${Object.keys(tasks).join(", ")}.`);
  if (!isInstalled && !install(task.packages)) return 1;
  const node = pinnedNode();
  if (!node) return 1;
  const steps = isInstalled ? task.steps.filter((step) => step !== build) : task.steps;
  for (const [at, step] of steps.entries()) {
    const last = at === steps.length - 1;
    const code = await run(node, last ? [...step, ...args] : step, last ? cwd : root);
    if (code !== 0) return code;
  }
  return 0;
}

function install(packages) {
  const stamp = join(modules, ".installed-for"); // written last, so an interrupted install is done again
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const wanted = lock.update(process.platform + process.arch).digest("hex");
  const [have, kind] = existsSync(stamp) ? readFileSync(stamp, "utf8").split(" ") : [];
  if (have === wanted && (kind === "all" || packages === "run")) return true;
  console.error("Installing packages, about a minute.");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const all = packages === "all" || kind === "all"; // what a developer has, a start does not take away
  if (!all) args.push("--omit=dev");
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", 2, 2] }) // no shell, also on Windows
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) return !fail("npm ci failed, see above.");
  writeFileSync(stamp, `${wanted} ${all ? "all" : "run"}`);
  return true;
}

function pinnedNode() {
  const os = process.platform === "win32" ? "win" : process.platform;
  const folder = `${os === "darwin" && process.arch === "arm64" ? "node-bin" : "node"}-${os}-${process.arch}`;
  for (const near of isInstalled ? [modules, dirname(root)] : [modules]) {
    const binary = join(near, folder, "bin", os === "win" ? "node.exe" : "node");
    if (existsSync(binary) && spawnSync(binary, ["-v"]).status === 0) return binary;
  }
  if (process.versions.node.localeCompare("24.7", "en", { numeric: true }) >= 0) return process.execPath;
  fail(`Guildhall needs Node 24.7; this is ${process.version}, and none is packaged for this machine.`);
  return undefined;
}

function run(node, args, cwd) {
  const PATH = [dirname(node), join(modules, ".bin"), process.env.PATH].join(delimiter);
  const script = join(root, args[0]);
  const { flags, env } = args[0] === "dist/main.js" ? program : { flags: [], env: {} };
  const child = spawn(
    node,
    ["--enable-source-maps", "--disable-warning=ExperimentalWarning", ...flags, script, ...args.slice(1)],
    {
      cwd,
      env: { ...env, ...process.env, PATH, GUILDHALL_ROOT: root },
      stdio: "inherit",
    },
  );
  const stop = () => child.kill("SIGTERM");
  process.on("SIGINT", () => {}).once("SIGTERM", stop); // Ctrl-C reaches the child by itself
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
}

function fail(message) {
  console.error(message);
  return 1;
}
