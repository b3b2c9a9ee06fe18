import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { listSources, readImports } from "./read-imports.ts";

/*
 * The floors of the house, from the import lines. A file may import from its own folder and from those listed for it.
 * The store stands before the engine: what the lake holds is what rows in the store name, and a version, its
 * columns and its audit entry commit in one transaction there.
 */
const ground = ["kernel"];
const pure = [...ground, "vocabulary", "sql", "disclosure"];
const floors: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  sql: ground,
  disclosure: ground,
  vocabulary: [...ground, "sql"],
  kit: [...ground, "vocabulary"],
  sample: [...ground, "vocabulary"],
  islands: [],
  store: pure,
  engine: [...pure, "store"],
  serving: [...pure, "store", "engine"],
  audit: [...pure, "store", "engine"],
  access: [...pure, "store", "engine", "serving", "audit"],
  domains: [...pure, "kit", "store", "engine", "serving", "audit", "access"],
  faces: [...pure, "kit", "store", "engine", "serving", "audit", "access", "domains"],
  roof: [...pure, "kit", "sample", "store", "engine", "serving", "audit", "access", "domains", "faces"],
};
// What a domain's core may use: it also works on plain files, without a session and without a store.
const coreFloors = [...pure, "engine"];

/** Which domain may call which other's door, and why its answer cannot be collected instead. */
const domainPairs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sources: {
    catalogue: "a load describes the version it made, and a source enters the register with its dataset",
    people: "whether the hub keeps registers decides what a load may take",
  },
  catalogue: {
    people: "the register says who changed an entry, who has it under an agreement, and which owner has left",
  },
  sharing: {
    catalogue: "an agreement names datasets, columns and their classes as the register has them",
    people: "an agreement is between organisations, and named people sign it",
  },
  registry: {
    catalogue: "a link project picks columns by what the register says they are",
    linkage: "the mathematics",
    sharing: "a link project runs under an agreement, whose terms it shows",
  },
  insight: {
    catalogue: "a question is asked of a dataset's columns, as the register has them",
    people: "datasets are shown with the organisations that lend them",
    places: "figures by area are drawn on that area's boundaries",
    sharing: "a lent dataset is asked of under its agreement",
  },
  quality: {
    catalogue: "rules are about the columns of a dataset, as the register has them",
    people: "a check runs for the person who asked for it, and pages say who decided",
  },
  retention: {
    catalogue: "an erasure names a dataset and its columns as the register has them",
    people: "the list says who asked and who decided",
  },
  places: {
    catalogue: "rows are placed by what the register says their columns are, in columns that stand there too",
    people: "boundaries that the operator adds belong to the host organisation",
    sources: "a place file says what its folder of sources is",
  },
  records: {
    cases: "a record is opened from a referral, which is the need for it",
    registry: "whose records are whose is what the registry remembers",
    sharing: "the agreement says which datasets are lent for care",
  },
  watch: {
    catalogue: "the log names datasets by their titles",
    people: "the log shows people by name",
  },
};

/** The only files that may load a module, beside those that nothing speaks against. */
const reserved: readonly { readonly module: RegExp; readonly allowed: RegExp; readonly why: string }[] = [
  { module: /^@duckdb\//, allowed: /^engine\//, why: "statements run in the engine's own processes, behind its check" },
  {
    module: /^(node:)?sqlite$/,
    // The store is the hub's records. The log is a file of its own, so that no transaction of the hub can take an
    // entry back. The folder's lock is an exclusive transaction, which the system frees even after `kill -9`.
    allowed: /^(store\/|audit\/log(-writer)?\.ts$|engine\/lake\/data-folder\.ts$)/,
    why: "records are reached through the store",
  },
  { module: /^(node:)?child_process$/, allowed: /^engine\//, why: "only the engine starts processes" },
  {
    module: /^(node:)?worker_threads$/,
    allowed: /^audit\/(log-writer|writer-thread)\.ts$/,
    why: "only the audit log has a thread of its own",
  },
  { module: /^(node:)?(vm|cluster|inspector|repl|module)$/, allowed: /^$/, why: "no code from data" },
];

/** Names that make what only a decision may make. */
const makers: readonly { readonly use: RegExp; readonly allowed: RegExp }[] = [
  { use: /\bRelation\s*(?:\?\.|\.|\[)\s*["'`]?mint\b/, allowed: /^access\/|^engine\/relation\.ts$/ },
  { use: /\bmint\b(?=\s*[(},:])/, allowed: /^access\/|^engine\/relation\.ts$/ },
  { use: /\bRelation\s*\.\s*(?:rowsOf|filesOf)\b/, allowed: /^engine\// },
  { use: /\b(?:Session|Scope)\s*(?:\?\.|\.|\[)\s*["'`]?make\b/, allowed: /^access\// },
];

interface Edge {
  readonly from: string;
  readonly line: number;
  readonly specifier: string | null;
}

const root = fileURLToPath(new URL("../../src/", import.meta.url));
const files = listSources(root);
const isTest = (file: string) => /\.(test|test-support)\.tsx?$/.test(file);
const sources = new Map(files.map((file) => [file, readFileSync(root + file, "utf8")]));
const edges = files
  .filter((file) => !isTest(file))
  .flatMap((from) => readImports(sources.get(from) ?? "").map((found): Edge => ({ from, ...found })));

function floorOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : "roof";
}

/** What is wrong with an import; nothing when it may stand. */
function problemOf({ from, specifier }: Edge): string | undefined {
  if (specifier === null) return "names no module that can be read from the text";
  const floor = floorOf(from);
  if (!Object.hasOwn(floors, floor)) return `is in a folder without a floor (${floor})`;
  const taken = reserved.find(({ module, allowed }) => module.test(specifier) && !allowed.test(from));
  if (taken) return `imports ${specifier}: ${taken.why}`;
  if (!specifier.startsWith(".")) {
    const npm = !specifier.startsWith("node:");
    return floor === "islands" && !npm ? `imports ${specifier}, which no browser has` : undefined;
  }
  const to = posix.normalize(posix.join(posix.dirname(from), specifier));
  if (to.startsWith("..")) return `imports ${specifier}, outside src`;
  if (!sources.has(to)) return `imports ${specifier}, which is no file here`;
  if (isTest(to)) return `imports ${specifier}, a test`;
  const target = floorOf(to);
  if (target === floor) return floor === "domains" ? domainProblem(from, to) : undefined;
  const [, domain, part] = from.split("/");
  const allowed = floor === "domains" && part === "core" ? coreFloors : (floors[floor] ?? []);
  if (!allowed.includes(target)) return `(${floor}${part === "core" ? `/${domain}/core` : ""}) imports ${to} (${target})`;
  if (target === "domains" && !/^domains\/[^/]+\/index\.ts$/.test(to)) return `imports ${to}, past the domain's door`;
  return undefined;
}

function domainProblem(from: string, to: string): string | undefined {
  const [, own = "", part] = from.split("/");
  const [, other = "", door, more] = to.split("/");
  if (own === other) return part === "core" && door !== "core" ? `is in a core and imports ${to}` : undefined;
  if (part === "core") return `is in a core and imports ${to}`;
  if (door !== "index.ts" || more !== undefined) return `imports ${to}, past the domain's door`;
  return domainPairs[own]?.[other] === undefined ? `imports the domain ${other}, a pair that no table lists` : undefined;
}

const complain = (edge: Edge) => {
  const problem = problemOf(edge);
  return problem === undefined ? [] : [`src/${edge.from}:${edge.line} ${problem}`];
};

describe("floors", () => {
  test("imports follow them", () => {
    expect(edges.flatMap(complain)).toEqual([]);
  });

  test("every file was read, and the readings are not empty", () => {
    const there = globSync("**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}", { cwd: root });
    expect([...sources.keys()]).toEqual(there.map((file) => file.replaceAll("\\", "/")).sort());
    expect(there.length).toBeGreaterThan(200);
    expect([...sources.values()].every((source) => source !== "")).toBe(true);
    expect(edges.length).toBeGreaterThan(600);
    expect(new Set(edges.map(({ from }) => from)).size).toBeGreaterThan(150);
  });

  test("every folder has a floor", () => {
    expect(files.map(floorOf).filter((floor) => !Object.hasOwn(floors, floor))).toEqual([]);
  });

  test("a compiler finds no import that the reading missed", async () => {
    const compiled = new Set<string>();
    await build({
      entryPoints: files.filter((file) => !isTest(file)).map((file) => root + file),
      bundle: true,
      write: false,
      outdir: "out",
      format: "esm",
      platform: "node",
      jsx: "automatic",
      jsxImportSource: "preact",
      tsconfigRaw: {},
      logLevel: "silent",
      plugins: [
        {
          name: "note",
          setup(each) {
            each.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
              if (kind === "entry-point") return undefined;
              if (path !== "preact/jsx-runtime") compiled.add(`${importer.slice(root.length)} ${path}`);
              return { path, external: true };
            });
          },
        },
      ],
    });
    const read = new Set(edges.map(({ from, specifier }) => `${from} ${specifier}`));
    expect(compiled.size).toBeGreaterThan(400);
    expect([...compiled].filter((edge) => !read.has(edge))).toEqual([]);
  });

  test.each<[string, string, boolean]>([
    ["kernel/ids.ts", "../sql/index.ts", false],
    ["vocabulary/mask.ts", "../sql/index.ts", true],
    ["sql/compile.ts", "../vocabulary/index.ts", false],
    ["disclosure/sums.ts", "../sql/index.ts", false],
    ["store/store.ts", "../engine/index.ts", false],
    ["engine/lake/lake.ts", "../../store/index.ts", true],
    ["engine/engine.ts", "../access/index.ts", false],
    ["audit/log.ts", "../access/index.ts", false],
    ["access/scope.ts", "../domains/people/index.ts", false],
    ["kit/format.ts", "../access/index.ts", false],
    ["kit/format.ts", "../vocabulary/index.ts", true],
    ["faces/web/home.tsx", "../../domains/people/sign-in.ts", false],
    ["faces/web/home.tsx", "../../domains/people/index.ts", true],
    ["faces/web/home.tsx", "../../sample/index.ts", false],
    ["domains/people/sign-in.ts", "../../sample/index.ts", false],
    ["load-sample.ts", "./sample/index.ts", true],
    ["domains/people/sign-in.ts", "../watch/index.ts", false],
    ["domains/watch/module.tsx", "../people/index.ts", true],
    ["domains/watch/module.tsx", "../people/sign-in.ts", false],
    ["domains/linkage/core/score.ts", "../../../access/index.ts", false],
    ["domains/linkage/core/score.ts", "../../../store/index.ts", false],
    ["domains/linkage/core/score.ts", "../../../sql/index.ts", true],
    ["domains/people/sign-in.ts", "@duckdb/node-api", false],
    ["domains/people/sign-in.ts", "node:sqlite", false],
    ["store/store.ts", "node:sqlite", true],
    ["engine/process.ts", "node:child_process", true],
    ["domains/people/sign-in.ts", "child_process", false],
    ["engine/host.ts", "node:vm", false],
    ["engine/host.ts", "node:worker_threads", false],
    ["audit/writer-thread.ts", "node:worker_threads", true],
    ["islands/main.ts", "../kit/format.ts", false],
    ["islands/main.ts", "govuk-frontend", true],
    ["islands/main.ts", "node:fs", false],
    ["kernel/ids.ts", "./clock.ts", true],
    ["kernel/ids.ts", "../../scripts/build.ts", false],
  ])("%s may import %s: %s", (from, specifier, may) => {
    expect(problemOf({ from, specifier, line: 1 }) === undefined).toBe(may);
  });
});

describe("domains", () => {
  const pairs = Object.entries(domainPairs).flatMap(([from, others]) => Object.keys(others).map((to) => [from, to] as const));

  test("the table of pairs has at most 25 and no circle", () => {
    expect(pairs.length).toBeLessThanOrEqual(25);
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      Object.keys(domainPairs[from] ?? {}).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
    expect(Object.keys(domainPairs).filter((domain) => reaches(domain, domain))).toEqual([]);
  });

  test("no pair is listed that nothing uses", () => {
    const used = new Set(
      edges.flatMap(({ from, specifier }) => {
        const to = posix.normalize(posix.join(posix.dirname(from), specifier ?? "")).split("/");
        return from.startsWith("domains/") && to[0] === "domains" ? [`${from.split("/")[1]} ${to[1]}`] : [];
      }),
    );
    expect(pairs.filter(([from, to]) => !used.has(`${from} ${to}`))).toEqual([]);
  });
});

describe("makers", () => {
  test("relations, sessions and scopes are made where decisions are", () => {
    const uses = files
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        makers.flatMap(({ use, allowed }) =>
          use.test(sources.get(file) ?? "") && !allowed.test(file) ? [`${file} ${use}`] : [],
        ),
      );
    expect(uses).toEqual([]);
    expect(makers.map(({ use }) => files.some((file) => use.test(sources.get(file) ?? "")))).toEqual([true, true, true, true]);
  });

  test.each([
    "Relation.mint(label)",
    "Relation . mint (label)",
    'Relation["mint"](label)',
    "const { mint } = Relation;",
    "const { mint: make } = Relation;",
    "Session.make(gate)",
    "Scope?.make(session)",
    'Session["make"](gate)',
    "Relation.rowsOf(leaf)",
  ])("%s is seen", (text) => {
    expect(makers.some(({ use, allowed }) => use.test(text) && !allowed.test("domains/people/sign-in.ts"))).toBe(true);
  });
});

describe("reading", () => {
  test.each<[string, readonly (string | null)[]]>([
    ['import "a";', ["a"]],
    ["import a from 'a'", ["a"]],
    ['import a, { b as c } from "a";', ["a"]],
    ['import * as a from "a";', ["a"]],
    ['import type { A } from "a";', ["a"]],
    ['import {\n  a,\n  b, // one\n} from "a";', ["a"]],
    ['import{a}from"a";import{b}from"b"', ["a", "b"]],
    ['import /* c */ a /* " */ from /* d */ "a";', ["a"]],
    ['import a from // why\n "a";', ["a"]],
    ['import a from "a" with { type: "json" };', ["a"]],
    ['export * from "a";', ["a"]],
    ['export * as a from "a";', ["a"]],
    ['export { a, type B } from "a";', ["a"]],
    ['export type { A } from "a";', ["a"]],
    ['const a = await import("a");', ["a"]],
    ['const a = import( /* c */ "a" );', ["a"]],
    ['const a = import\n("a");', ["a"]],
    ["const a = import(`a`);", ["a"]],
    ["const a = import(`a${b}`);", [null]],
    ["const a = import(b);", [null]],
    ['const a = import("a" + b);', ["a"]],
    ['type A = typeof import("a");', ["a"]],
    ['type A = import("a").B;', ["a"]],
    ['import a = require("a");', ["a"]],
    ["require(a)", [null]],
    ['process.getBuiltinModule("node:sqlite")', ["node:sqlite"]],
    ["process.binding('fs')", [null]],
    ["const r = createRequire(import.meta.url)", [null]],
    [String.raw`import "\x61";`, [null]],
    ["const it = <p>Don't</p>; const a = import('a'); // isn't", ["a"]],
    ["const quote = /\"/; import('a')", ["a"]],
    ['Array.from("abc"); fields.from("a"); const from = "a";', []],
    ["import.meta.url; sql`SELECT a FROM ${b}`; this.#from('a')", []],
    ['important("a"); reimport("a"); $from "a"', []],
  ])("%s", (source, wanted) => {
    expect(readImports(source).map(({ specifier }) => specifier)).toEqual(wanted);
  });

  test("lines are counted from 1", () => {
    expect(readImports('\n\nimport "a";\n')).toEqual([{ specifier: "a", line: 3 }]);
  });
});
