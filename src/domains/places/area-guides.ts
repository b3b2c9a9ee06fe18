import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobRequest } from "../../access/index.ts";
import type { AreaOutline, LookUpOutput } from "../../engine/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { AreaShape } from "../../kit/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { findEntry, listFields } from "../catalogue/index.ts";
import { soundFiles } from "../sources/index.ts";
import { findAreaSet, listShapes, type JoinedBy } from "./store.ts";

/** What rows are joined to areas by, as a file that the job's process reads, with what is to be said of it. */
export interface AreaGuide {
  readonly kind: JoinedBy["kind"];
  /** What its column is called. */
  readonly title: string;
  readonly type: string;
  readonly path: string;
  /** SHA-256 of what it says: a column made by the same is the same. */
  readonly content: string;
  /** How many areas the set has; 0 of a look-up. */
  readonly areas: number;
  readonly lookUp: (LookUpOutput & { readonly dataset: string; readonly value: string }) | null;
}

/** Writes each guide that a job needs once, beside the hub's other temporary files. */
export class AreaGuides {
  readonly #request: JobRequest;
  readonly #written = new Map<string, AreaGuide | undefined>();

  constructor(request: JobRequest) {
    this.#request = request;
  }

  /** Nothing where its set or its dataset is gone. */
  async guideOf(by: JoinedBy): Promise<AreaGuide | undefined> {
    const key = JSON.stringify(by);
    if (!this.#written.has(key))
      this.#written.set(key, by.kind === "set" ? await this.#outlines(by.set) : await this.#lookUp(by));
    return this.#written.get(key);
  }

  async #outlines(setId: string): Promise<AreaGuide | undefined> {
    const { house } = this.#request;
    const set = await findAreaSet(house.store, setId);
    if (!set) return undefined;
    const shapes = await listShapes(house.store, setId);
    const text = JSON.stringify(shapes.map(outlineOf));
    const path = this.#newPath("json");
    await writeFile(path, text);
    const coded = shapes.every(({ code }) => getType("geo.gss_code").parse(code) !== undefined);
    return {
      kind: "set",
      title: set.title,
      type: coded ? "geo.gss_code" : "category",
      path,
      content: createHash("sha256").update(text).digest("hex"),
      areas: shapes.length,
      lookUp: null,
    };
  }

  async #lookUp(by: Extract<JoinedBy, { kind: "look-up" }>): Promise<AreaGuide | undefined> {
    const { house, process, signal } = this.#request;
    const entry = await findEntry(house.store, by.dataset);
    const version = await house.lake.findVersion(by.dataset);
    const fields = await listFields(house.store, by.dataset);
    const [key, value] = [by.key, by.value].map((number) => fields.find((field) => field.number === number));
    if (!entry || !version || !key || !value) return undefined;
    const textPaths = await soundFiles(version, "text", this.#request);
    const target = this.#newPath("parquet");
    const columns = [key, value];
    const lookUp = await process.run("look-up", { textPaths, columns, key: by.key, value: by.value, target }, { signal });
    const { sha256 } = await process.run("hash", { path: target }, { signal });
    return {
      kind: "look-up",
      title: `${value.name} by ${key.name}`,
      type: value.type,
      path: target,
      content: sha256,
      areas: 0,
      lookUp: { ...lookUp, dataset: entry.title, value: value.name },
    };
  }

  /** Removes what was written, but for the files of these columns: the job that reads those removes them. */
  async clear(kept: readonly { readonly path: string }[]): Promise<void> {
    const paths = new Set(kept.map(({ path }) => path));
    for (const guide of this.#written.values()) if (guide && !paths.has(guide.path)) await rm(guide.path, { force: true });
  }

  #newPath(ending: string): string {
    const { house } = this.#request;
    return join(house.folder.temporary, `${newId("area", house.clock())}.${ending}`);
  }
}

function outlineOf({ code, geometry }: AreaShape): AreaOutline {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { code, polygons: polygons.map((rings) => rings.map((ring) => ring.map(([x = 0, y = 0]) => [x, y] as const))) };
}
