import { existsSync, mkdirSync } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import { newId } from "../../kernel/ids.ts";
import type { Records, Store } from "../../store/index.ts";
import { engineError } from "../errors.ts";
import type { LoadedColumn, LoadOutput, TypeOutput } from "../protocol.ts";
import type { LakeTables } from "./records.ts";

export interface Dataset {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly nextColumn: number;
}

export interface Version {
  readonly id: string;
  readonly datasetId: string;
  readonly number: number;
  readonly contentHash: string;
  readonly rowsInFile: number;
  readonly rows: number;
  readonly quarantined: number;
  readonly columns: readonly LoadedColumn[];
  readonly notes: readonly string[];
  readonly committedAt: number;
}

export interface TypedBuild {
  readonly file: string;
  readonly versionId: string;
  readonly types: Readonly<Record<string, string>>;
  readonly counts: TypeOutput["columns"];
  readonly vocabulary: string;
}

export type Layer = "text" | "quarantine" | "typed";

const collectAfterMs = 24 * 60 * 60 * 1000;

/**
 * Immutable Parquet files and the rows that name them. A version exists from the moment its row commits: files are
 * written under a temporary name, synced, renamed, then named by a row. A crash leaves the old version or the new.
 */
export class Lake {
  readonly folder: string;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #verified = new Set<string>();

  constructor(folder: string, store: Store, clock: Clock) {
    this.folder = folder;
    this.#store = store;
    this.#clock = clock;
    mkdirSync(folder, { recursive: true });
  }

  get #db() {
    return this.#store.as<LakeTables>();
  }

  async createDataset(records: Records, dataset: { id: string; organisation: string; name: string }): Promise<void> {
    await records
      .as<LakeTables>()
      .insertInto("dataset")
      .values({ ...dataset, kind: "snapshot", next_column: 1, created_at: this.#clock() })
      .execute();
    mkdirSync(join(this.folder, dataset.id), { recursive: true });
  }

  async findDataset(id: string): Promise<Dataset | undefined> {
    const row = await this.#db.selectFrom("dataset").selectAll().where("id", "=", id).executeTakeFirst();
    return row && { id: row.id, organisation: row.organisation, name: row.name, nextColumn: row.next_column };
  }

  async listDatasets(): Promise<readonly Dataset[]> {
    const rows = await this.#db.selectFrom("dataset").selectAll().orderBy("name").execute();
    return rows.map((row) => ({ id: row.id, organisation: row.organisation, name: row.name, nextColumn: row.next_column }));
  }

  /** The newest version, or the one of a number. */
  async findVersion(datasetId: string, number?: number): Promise<Version | undefined> {
    let query = this.#db
      .selectFrom("dataset_version")
      .selectAll()
      .where("dataset_id", "=", datasetId)
      .orderBy("number", "desc")
      .limit(1);
    if (number !== undefined) query = query.where("number", "=", number);
    const row = await query.executeTakeFirst();
    return row && this.#versionOf(row);
  }

  async listVersions(datasetId: string): Promise<readonly Version[]> {
    const rows = await this.#db
      .selectFrom("dataset_version")
      .selectAll()
      .where("dataset_id", "=", datasetId)
      .orderBy("number", "desc")
      .execute();
    return Promise.all(rows.map((row) => this.#versionOf(row)));
  }

  /** Every column the dataset ever had, by number; a number is a column's stable id within its dataset. */
  async listColumns(datasetId: string): Promise<readonly LoadedColumn[]> {
    return this.#db
      .selectFrom("dataset_column")
      .select(["number", "header"])
      .where("dataset_id", "=", datasetId)
      .orderBy("number")
      .execute();
  }

  /** A new file name in the dataset's folder, and the temporary name to write it under. */
  newFile(datasetId: string): { readonly file: string; readonly part: string } {
    mkdirSync(join(this.folder, datasetId), { recursive: true });
    const file = `${datasetId}/${newId("seg", this.#clock())}.parquet`;
    return { file, part: `${join(this.folder, file)}.part` };
  }

  /**
   * Makes what a load wrote the newest version. `also` runs in the same transaction, so that the caller's own rows
   * (the load, its audit entry) stand or fall with it.
   */
  async commitVersion(
    load: {
      readonly datasetId: string;
      readonly contentHash: string;
      readonly output: LoadOutput;
      readonly text: { readonly file: string; readonly part: string };
      readonly quarantine: { readonly file: string; readonly part: string };
    },
    also: (records: Records, version: { id: string; number: number }) => Promise<void>,
  ): Promise<Version> {
    const { output, datasetId } = load;
    await this.#publish(load.text);
    if (output.quarantine) await this.#publish(load.quarantine);
    const id = newId("ver", this.#clock());
    await this.#store.transaction(async (records) => {
      const db = records.as<LakeTables>();
      const last = await db
        .selectFrom("dataset_version")
        .select((select) => select.fn.max("number").as("number"))
        .where("dataset_id", "=", datasetId)
        .executeTakeFirst();
      const number = (last?.number ?? 0) + 1;
      const held = await db
        .selectFrom("dataset_column")
        .select(["number", "header"])
        .where("dataset_id", "=", datasetId)
        .execute();
      for (const { number, header } of output.columns) {
        const same = held.find((column) => column.number === number || column.header === header);
        // Numbers are given before the file is read. If another load came first they may be taken, and a cell must never
        // be shown under another column's name, class or mask.
        if (same && (same.number !== number || same.header !== header)) throw engineError("overtaken", {});
        if (!same) await db.insertInto("dataset_column").values({ dataset_id: datasetId, number, header }).execute();
      }
      const next = Math.max(0, ...output.columns.map((column) => column.number)) + 1;
      await db
        .updateTable("dataset")
        .set((set) => ({ next_column: set.fn<number>("max", [set.ref("next_column"), set.val(next)]) }))
        .where("id", "=", datasetId)
        .execute();
      await db
        .insertInto("dataset_version")
        .values({
          id,
          dataset_id: datasetId,
          number,
          content_hash: load.contentHash,
          rows_in_file: output.rowsInFile,
          rows: output.rowsLoaded,
          quarantined: output.rowsQuarantined,
          columns: JSON.stringify(output.columns.map((column) => column.number)),
          notes: JSON.stringify(output.notes),
          state: "live",
          committed_at: this.#clock(),
        })
        .execute();
      await db
        .insertInto("segment")
        .values({ file: load.text.file, version_id: id, layer: "text", ...output.text })
        .execute();
      if (output.quarantine) {
        await db
          .insertInto("segment")
          .values({ file: load.quarantine.file, version_id: id, layer: "quarantine", ...output.quarantine })
          .execute();
      }
      await also(records, { id, number });
    });
    const version = await this.#db.selectFrom("dataset_version").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    return this.#versionOf(version);
  }

  /** Drops every row of a dataset; its files are the caller's to remove once the transaction has committed. */
  async forgetDataset(records: Records, datasetId: string): Promise<void> {
    const db = records.as<LakeTables>();
    const versions = db.selectFrom("dataset_version").select("id").where("dataset_id", "=", datasetId);
    await db.deleteFrom("segment").where("version_id", "in", versions).execute();
    await db.deleteFrom("typed_build").where("version_id", "in", versions).execute();
    await db.deleteFrom("dataset_version").where("dataset_id", "=", datasetId).execute();
    await db.deleteFrom("dataset_column").where("dataset_id", "=", datasetId).execute();
    await db.deleteFrom("dataset").where("id", "=", datasetId).execute();
  }

  /** Makes a typed layer the current one of its version. The one before it is collected in time. */
  async commitTyped(build: {
    readonly versionId: string;
    readonly types: Readonly<Record<string, string>>;
    readonly vocabulary: string;
    readonly output: TypeOutput;
    readonly typed: { readonly file: string; readonly part: string };
  }): Promise<void> {
    await this.#publish(build.typed);
    await this.#store.transaction(async (records) => {
      const db = records.as<LakeTables>();
      await db.deleteFrom("typed_build").where("version_id", "=", build.versionId).execute();
      await db
        .insertInto("typed_build")
        .values({
          file: build.typed.file,
          version_id: build.versionId,
          ...build.output.file,
          types: JSON.stringify(build.types),
          counts: JSON.stringify(build.output.columns),
          vocabulary: build.vocabulary,
          built_at: this.#clock(),
        })
        .execute();
    });
  }

  async findTyped(versionId: string): Promise<TypedBuild | undefined> {
    const row = await this.#db.selectFrom("typed_build").selectAll().where("version_id", "=", versionId).executeTakeFirst();
    return (
      row && {
        file: row.file,
        versionId,
        types: JSON.parse(row.types) as Record<string, string>,
        counts: JSON.parse(row.counts) as TypeOutput["columns"],
        vocabulary: row.vocabulary,
      }
    );
  }

  /** The files of one layer of a version, as absolute paths; none when the version has no such layer. */
  async filesOf(versionId: string, layer: Layer): Promise<readonly string[]> {
    if (layer === "typed") {
      const typed = await this.findTyped(versionId);
      return typed ? [join(this.folder, typed.file)] : [];
    }
    const rows = await this.#db
      .selectFrom("segment")
      .select("file")
      .where("version_id", "=", versionId)
      .where("layer", "=", layer)
      .execute();
    return rows.map((row) => join(this.folder, row.file));
  }

  /** Checks files against their recorded hashes, each once after a start: damaged Parquet gives wrong answers silently. */
  async verifyFiles(files: readonly string[], hash: (path: string) => Promise<string>): Promise<void> {
    for (const path of files) {
      if (this.#verified.has(path)) continue;
      const file = `${basename(dirname(path))}/${basename(path)}`;
      const wanted = await this.#hashOf(file);
      if (wanted === undefined || !existsSync(path) || (await hash(path)) !== wanted) throw engineError("file-changed", { file });
      this.#verified.add(path);
    }
  }

  /** Every file that a row names, with its hash and size. */
  async listFiles(): Promise<readonly { file: string; sha256: string; bytes: number }[]> {
    const segments = await this.#db.selectFrom("segment").select(["file", "sha256", "bytes"]).execute();
    const builds = await this.#db.selectFrom("typed_build").select(["file", "sha256", "bytes"]).execute();
    return [...segments, ...builds];
  }

  /** Files that no row names; the collector removes those older than a day. */
  async listOrphans(): Promise<readonly string[]> {
    const named = new Set((await this.listFiles()).map(({ file }) => file));
    const orphans: string[] = [];
    for (const folder of await readdir(this.folder)) {
      for (const name of await readdir(join(this.folder, folder))) {
        if (!named.has(`${folder}/${name}`)) orphans.push(`${folder}/${name}`);
      }
    }
    return orphans;
  }

  async collect(): Promise<number> {
    let removed = 0;
    for (const file of await this.listOrphans()) {
      const path = join(this.folder, file);
      if (this.#clock() - (await stat(path)).mtimeMs < collectAfterMs) continue;
      await rm(path);
      removed += 1;
    }
    return removed;
  }

  async #hashOf(file: string): Promise<string | undefined> {
    const segment = await this.#db.selectFrom("segment").select("sha256").where("file", "=", file).executeTakeFirst();
    if (segment) return segment.sha256;
    return (await this.#db.selectFrom("typed_build").select("sha256").where("file", "=", file).executeTakeFirst())?.sha256;
  }

  async #publish(file: { readonly file: string; readonly part: string }): Promise<void> {
    const target = join(this.folder, file.file);
    await rename(file.part, target);
    const folder = await open(dirname(target), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async #versionOf(row: LakeTables["dataset_version"]): Promise<Version> {
    const columns = await this.listColumns(row.dataset_id);
    const numbers = JSON.parse(row.columns) as readonly number[];
    return {
      id: row.id,
      datasetId: row.dataset_id,
      number: row.number,
      contentHash: row.content_hash,
      rowsInFile: row.rows_in_file,
      rows: row.rows,
      quarantined: row.quarantined,
      columns: numbers.map(
        (number) => columns.find((column) => column.number === number) ?? { number, header: `column ${number}` },
      ),
      notes: JSON.parse(row.notes) as readonly string[],
      committedAt: row.committed_at,
    };
  }
}
