import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { Module } from "../../access/index.ts";
import { semanticTypes } from "../../vocabulary/index.ts";
import { placesError } from "./errors.ts";

const text = z.string().trim().min(1).max(2000);

const answers = z.strictObject({
  name: text.max(100).optional(),
  description: text.optional(),
  owner: text.optional(),
  licence: text.optional(),
  attribution: text.optional(),
  dpia: text.optional(),
  /** Why it describes no people: then its rows and exact figures may be read. Left out, it is taken to describe people. */
  noPeople: text.max(1000).optional(),
  types: z
    .record(
      z.string(),
      z.string().refine((type) => semanticTypes.has(type), "is no semantic type"),
    )
    .optional(),
});

const boundaries = z.strictObject({
  file: text,
  title: text.max(100),
  attribution: text.optional(),
  code: text.optional(),
  name: text.optional(),
});

const lookUp = z.strictObject({
  /** A file of the folder and its column of codes. */
  for: text,
  column: text,
  /** The file that is looked up in, its column with the same codes, and its column with the areas. */
  in: text,
  key: text,
  value: text,
});

const placeFile = z.strictObject({
  place: text,
  organisation: text.optional(),
  /** What holds for every file that says nothing else. */
  defaults: answers.pick({ owner: true, licence: true, attribution: true }).optional(),
  /** By path below the folder, by the pattern of a series (`cycle-#-#.csv`), or with `#` and a table's name after it. */
  datasets: z.record(z.string(), answers).default({}),
  /** Left out, each GeoJSON file of areas is taken. */
  boundaries: z.array(boundaries).optional(),
  /** Areas that are looked up by a code, as a column of its own. */
  lookUps: z.array(lookUp).default([]),
});

/** A place, as data: who answers for its files, under which licence, and which of them are boundaries. */
export interface PlaceFile extends z.infer<typeof placeFile> {
  /** What other domains read of it, by key. */
  readonly parts: Readonly<Record<string, unknown>>;
}

/** Reads a place file. Every value is taken as it is written: `0123` stays text. Fails with `places.bad-place-file`. */
export async function readPlaceFile(path: string, modules: readonly Module[]): Promise<PlaceFile> {
  let parsed: unknown;
  try {
    parsed = parse(await readFile(path, "utf8"), { schema: "failsafe", maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw placesError("nothing-there", { path });
    throw placesError("bad-place-file", { path, why: error instanceof Error ? (error.message.split("\n")[0] ?? "") : "" });
  }
  const others = modules.flatMap(({ contributes }) => (contributes?.placeFile ? [contributes.placeFile] : []));
  const whole = z.record(z.string(), z.unknown()).safeParse(parsed).data ?? {};
  const checked = placeFile.safeParse(
    Object.fromEntries(Object.entries(whole).filter(([key]) => !others.some((one) => one.key === key))),
  );
  const issues = checked.error ? [...checked.error.issues] : [];
  const parts: Record<string, unknown> = {};
  for (const { key, shape } of others) {
    if (whole[key] === undefined) continue;
    const part = shape.safeParse(whole[key]);
    if (part.success) parts[key] = whole[key];
    else issues.push(...part.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
  }
  if (checked.success && issues.length === 0) return { ...checked.data, parts };
  const why = issues.map(({ path: at, message }) => `${at.join(" → ") || "the file"}: ${message}`).slice(0, 5);
  throw placesError("bad-place-file", { path, why: why.join("; ") });
}
