import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import { newId } from "../../kernel/ids.ts";
import type { Records, Store } from "../../store/index.ts";
import { engineError } from "../errors.ts";
import type { FileFacts, LoadedColumn, LoadOutput, MendOutput, TypeOutput } from "../protocol.ts";
import type { RecordLayout } from "../read/mended-record.ts";
import type { DatasetKind, LakeTables } from "./records.ts";

export interface Dataset {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly kind: DatasetKind;
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
  /** Redacted: records of it were erased or corrected by law, and it is not what was loaded any more. */
  readonly state: "live" | "redacted";
  /** Segments may hold later records, of versions that came after. */
  readonly lastRecord: number;
  readonly committedAt: number;
  /** The content hash of the version whose quarantined records were mended in it; null of one that was loaded. */
  readonly mendedFrom: string | null;
}

/** A file as a load read it, with what it wrote under temporary names. */
export interface LoadedFile {
  readonly name: string;
  readonly part: string;
  readonly sha256: string;
  readonly firstRecord: number;
  readonly seconds: number;
  readonly layout: ReceivedLayout | null;
  readonly output: LoadOutput;
  readonly text: { readonly file: string; readonly part: string };
  readonly quarantine: { readonly file: string; readonly part: string };
}

export interface NewVersion {
  readonly datasetId: string;
  readonly contentHash: string;
  readonly columns: readonly LoadedColumn[];
  readonly notes: readonly string[];
  readonly files: readonly LoadedFile[];
  /** The version whose segments stay and whose rows come first, for an append dataset; null when it stands alone. */
  readonly onto: Version | null;
}

/** Records of a version that were mended, with what the task `mend` wrote of them. */
export interface MendedRecords {
  readonly version: Version;
  readonly notes: readonly string[];
  readonly output: MendOutput;
  readonly text: { readonly file: string; readonly part: string };
  /** In the order of the task's. */
  readonly quarantines: readonly { readonly old: string; readonly file: string; readonly part: string }[];
}

/** A segment written again: what it takes the place of, and the records that are not in it any more. */
export interface RewrittenSegment {
  readonly old: string;
  readonly layer: "text" | "quarantine";
  readonly file: string;
  readonly facts: FileFacts;
  readonly removed: readonly number[];
}

export interface ReceivedFile {
  readonly name: string;
  readonly part: string;
  readonly sha256: string;
  readonly version: number;
  readonly firstRecord: number;
  readonly rowsInFile: number;
  readonly rows: number;
  readonly quarantined: number;
  readonly seconds: number;
  /** How its records were told apart, with the columns of its fields in order and the values of those it was given. */
  readonly layout: ReceivedLayout | null;
}

export interface ReceivedLayout extends RecordLayout {
  readonly columns: readonly number[];
  readonly added: readonly string[];
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

  async createDataset(
    records: Records,
    dataset: { id: string; organisation: string; name: string; kind: DatasetKind },
  ): Promise<void> {
    await records
      .as<LakeTables>()
      .insertInto("dataset")
      .values({ ...dataset, next_column: 1, created_at: this.#clock() })
      .execute();
    mkdirSync(join(this.folder, dataset.id), { recursive: true });
  }

  async findDataset(id: string): Promise<Dataset | undefined> {
    const row = await this.#db.selectFrom("dataset").selectAll().where("id", "=", id).executeTakeFirst();
    return row && datasetOf(row);
  }

  async listDatasets(): Promise<readonly Dataset[]> {
    const rows = await this.#db.selectFrom("dataset").selectAll().orderBy("name").execute();
    return rows.map(datasetOf);
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

  /** The columns that the rows of a version have: those of its file, then those that its typed layer works out from them. */
  async numbersOf(version: Version): Promise<readonly number[]> {
    const typed = await this.findTyped(version.id);
    const built = Object.keys(typed?.types ?? {}).map((name) => Number(name.slice(1)));
    return [...new Set([...version.columns.map(({ number }) => number), ...built])];
  }

  /** A column that no file has. Fails with `engine.overtaken` where one of the name exists. */
  async addColumn(records: Records, datasetId: string, header: string): Promise<number> {
    const db = records.as<LakeTables>();
    const { next_column: number } = await db
      .selectFrom("dataset")
      .select("next_column")
      .where("id", "=", datasetId)
      .executeTakeFirstOrThrow();
    await this.#holdColumns(records, datasetId, [{ header, number }]);
    return number;
  }

  /** A new file name in the dataset's folder, and the temporary name to write it under. */
  newFile(datasetId: string): { readonly file: string; readonly part: string } {
    mkdirSync(join(this.folder, datasetId), { recursive: true });
    const file = `${datasetId}/${newId("seg", this.#clock())}.parquet`;
    return { file, part: `${join(this.folder, file)}.part` };
  }

  /**
   * Makes what a load wrote the newest version. `also` runs in the same transaction, so that the caller's own rows
   * (the load, its audit entry) stand or fall with it. Fails with `engine.overtaken` when another load came first.
   */
  async commitVersion(
    load: NewVersion,
    also: (records: Records, version: { id: string; number: number }) => Promise<void>,
  ): Promise<Version> {
    const { datasetId, files, onto } = load;
    const written = files.flatMap(({ output, text, quarantine }) => [
      { ...text, layer: "text" as const, facts: output.text },
      ...(output.quarantine ? [{ ...quarantine, layer: "quarantine" as const, facts: output.quarantine }] : []),
    ]);
    for (const file of written) await this.#publish(file);
    const id = newId("ver", this.#clock());
    const sum = (count: (output: LoadOutput) => number) => files.reduce((total, { output }) => total + count(output), 0);
    const rowsInFile = (onto?.rowsInFile ?? 0) + sum((output) => output.rowsInFile);
    await this.#store.transaction(async (records) => {
      const db = records.as<LakeTables>();
      const last = await db
        .selectFrom("dataset_version")
        .select((select) => select.fn.max("number").as("number"))
        .where("dataset_id", "=", datasetId)
        .executeTakeFirst();
      if (onto && onto.number !== last?.number) throw engineError("overtaken", {});
      const number = (last?.number ?? 0) + 1;
      await this.#holdColumns(records, datasetId, load.columns);
      await db
        .insertInto("dataset_version")
        .values({
          id,
          dataset_id: datasetId,
          number,
          content_hash: load.contentHash,
          rows_in_file: rowsInFile,
          rows: (onto?.rows ?? 0) + sum((output) => output.rowsLoaded),
          quarantined: (onto?.quarantined ?? 0) + sum((output) => output.rowsQuarantined),
          columns: JSON.stringify(load.columns.map((column) => column.number)),
          notes: JSON.stringify(load.notes),
          last_record: rowsInFile,
          state: "live",
          committed_at: this.#clock(),
          mended_from: null,
        })
        .execute();
      for (const { file, layer, facts } of written)
        await db.insertInto("segment").values({ file, layer, sha256: facts.sha256, bytes: facts.bytes }).execute();
      const kept = onto ? await this.#segmentsOf(records, onto.id) : [];
      for (const [at, file] of [...kept, ...written.map((segment) => segment.file)].entries())
        await db
          .insertInto("version_segment")
          .values({ version_id: id, file, position: at + 1 })
          .execute();
      for (const [at, { name, part, sha256, firstRecord, output, seconds, layout }] of files.entries())
        await db
          .insertInto("received_file")
          .values({
            version_id: id,
            position: at + 1,
            name,
            part,
            sha256,
            first_record: firstRecord,
            rows_in_file: output.rowsInFile,
            rows: output.rowsLoaded,
            quarantined: output.rowsQuarantined,
            seconds,
            layout: layout === null ? null : JSON.stringify(layout),
          })
          .execute();
      await also(records, { id, number });
    });
    const version = await this.#db.selectFrom("dataset_version").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    return this.#versionOf(version);
  }

  /**
   * Makes a version of the newest one in which mended records are rows and not in quarantine any more: their segments are
   * shared but for those. Fails with `engine.overtaken` when another version came first.
   */
  async commitMended(
    { version, notes, output, text, quarantines }: MendedRecords,
    also: (records: Records, version: { id: string; number: number }) => Promise<void>,
  ): Promise<Version> {
    await this.#publish(text);
    const replaced = new Map<string, { readonly file: string; readonly facts: FileFacts } | null>();
    for (const [at, { old, file, part }] of quarantines.entries()) {
      const written = output.quarantines[at];
      if (!written?.touched) continue;
      if (written.file) await this.#publish({ file, part });
      replaced.set(old, written.file && { file, facts: written.file });
    }
    const id = newId("ver", this.#clock());
    const number = version.number + 1;
    await this.#store.transaction(async (records) => {
      const db = records.as<LakeTables>();
      const newest = db.selectFrom("dataset_version").selectAll().where("dataset_id", "=", version.datasetId);
      const held = await newest.orderBy("number", "desc").limit(1).executeTakeFirst();
      if (held?.id !== version.id || held.content_hash !== version.contentHash) throw engineError("overtaken", {});
      const contentHash = createHash("sha256").update(`${held.content_hash}\n${output.text.sha256}`).digest("hex");
      await db
        .insertInto("dataset_version")
        .values({
          ...held,
          id,
          number,
          content_hash: contentHash,
          rows: held.rows + output.removed,
          quarantined: held.quarantined - output.removed,
          notes: JSON.stringify(notes),
          committed_at: this.#clock(),
          mended_from: held.mended_from ?? held.content_hash,
        })
        .execute();
      const segments: { file: string; layer: "text" | "quarantine"; facts: FileFacts }[] = [
        { file: text.file, layer: "text", facts: output.text },
      ];
      const files: string[] = [];
      for (const file of await this.#segmentsOf(records, version.id)) {
        const other = replaced.get(file);
        if (other === undefined) files.push(file);
        else if (other) {
          files.push(other.file);
          segments.push({ ...other, layer: "quarantine" });
        }
      }
      for (const { file, layer, facts } of segments)
        await db.insertInto("segment").values({ file, layer, sha256: facts.sha256, bytes: facts.bytes }).execute();
      for (const [at, file] of [...files, text.file].entries())
        await db
          .insertInto("version_segment")
          .values({ version_id: id, file, position: at + 1 })
          .execute();
      await also(records, { id, number });
    });
    const row = await this.#db.selectFrom("dataset_version").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    return this.#versionOf(row);
  }

  /** The files that a dataset was loaded from, oldest first: those that one version brought, or all. */
  async listReceived(datasetId: string, versionId?: string): Promise<readonly ReceivedFile[]> {
    let query = this.#db
      .selectFrom("received_file")
      .innerJoin("dataset_version", "dataset_version.id", "received_file.version_id")
      .selectAll("received_file")
      .select("dataset_version.number")
      .where("dataset_version.dataset_id", "=", datasetId)
      .orderBy("dataset_version.number")
      .orderBy("received_file.position");
    if (versionId !== undefined) query = query.where("received_file.version_id", "=", versionId);
    return (await query.execute()).map((row) => ({
      name: row.name,
      part: row.part,
      sha256: row.sha256,
      version: row.number,
      firstRecord: row.first_record,
      rowsInFile: row.rows_in_file,
      rows: row.rows,
      quarantined: row.quarantined,
      seconds: row.seconds,
      layout: row.layout === null ? null : (JSON.parse(row.layout) as ReceivedLayout),
    }));
  }

  /**
   * Puts one file in the place of the segments that a version has of one layer, there and in each version of which the file
   * holds the same records up to its last. A version from before records were mended is none of these: the file would give it
   * rows that it never had. What no version has any more is collected in time.
   */
  async replaceSegments(
    versionId: string,
    merged: { readonly layer: "text" | "quarantine"; readonly facts: FileFacts; readonly file: string; readonly part: string },
  ): Promise<void> {
    await this.#publish(merged);
    await this.#store.transaction(async (records) => {
      const db = records.as<LakeTables>();
      const old = await this.#segmentsOf(records, versionId, merged.layer);
      const { sha256, bytes } = merged.facts;
      await db.insertInto("segment").values({ file: merged.file, layer: merged.layer, sha256, bytes }).execute();
      for (const id of await this.#alikeUpTo(records, versionId, { layer: merged.layer, files: old })) {
        await db.deleteFrom("version_segment").where("version_id", "=", id).where("file", "in", old).execute();
        await db.insertInto("version_segment").values({ version_id: id, file: merged.file, position: 0 }).execute();
      }
      const held = db.selectFrom("version_segment").select("file").where("file", "in", old);
      await db.deleteFrom("segment").where("file", "in", old).where("file", "not in", held).execute();
    });
  }

  /**
   * The versions that read the same records from these files as the version that has them, up to their own last. Mending
   * alone makes a version of numbers that were there before.
   */
  async #alikeUpTo(
    records: Records,
    versionId: string,
    { layer, files }: { readonly layer: "text" | "quarantine"; readonly files: readonly string[] },
  ): Promise<readonly string[]> {
    const db = records.as<LakeTables>();
    const dataset = db.selectFrom("dataset_version").select("dataset_id").where("id", "=", versionId);
    const versions = await db
      .selectFrom("dataset_version")
      .select(["id", "mended_from"])
      .where("dataset_id", "in", dataset)
      .orderBy("number")
      .execute();
    const own = versions.findIndex(({ id }) => id === versionId);
    const mended = versions.findLastIndex(({ mended_from }, at) => at <= own && mended_from !== null);
    const alike: string[] = [];
    for (const [at, { id }] of versions.entries()) {
      const held = await this.#segmentsOf(records, id, layer);
      const shared = held.filter((file) => files.includes(file)).length;
      if (at >= mended && shared > 0 && (at <= own || shared === files.length)) alike.push(id);
    }
    return alike;
  }

  /** Every segment of a dataset, once each, with its layer and the columns of the versions that have it. */
  async listSegments(
    datasetId: string,
  ): Promise<readonly { readonly file: string; readonly layer: "text" | "quarantine"; readonly columns: readonly number[] }[]> {
    const rows = await this.#db
      .selectFrom("version_segment")
      .innerJoin("segment", "segment.file", "version_segment.file")
      .innerJoin("dataset_version as version", "version.id", "version_segment.version_id")
      .select(["segment.file", "segment.layer", "version.columns"])
      .where("version.dataset_id", "=", datasetId)
      .orderBy("version.number")
      .execute();
    const first = new Map(rows.toReversed().map((row) => [row.file, row]));
    return [...first.values()].map(({ file, layer, columns }) => ({
      file,
      layer,
      columns: JSON.parse(columns) as readonly number[],
    }));
  }

  /**
   * Puts rewritten segments in the place of those they were made from, in every version: ids stay, versions are marked
   * `redacted` and get a new content hash and new counts. Their typed layers are gone. The old bytes are the caller's to
   * remove once the transaction has committed (`removeUnnamed`). Gives the versions by number, with the records that each
   * has no more.
   */
  async redact(
    records: Records,
    change: {
      readonly datasetId: string;
      readonly reference: string;
      readonly segments: readonly RewrittenSegment[];
    },
  ): Promise<ReadonlyMap<number, readonly number[]>> {
    const db = records.as<LakeTables>();
    const changed = new Map<number, readonly number[]>();
    const versions = await db.selectFrom("dataset_version").selectAll().where("dataset_id", "=", change.datasetId).execute();
    for (const version of versions) {
      const held = new Set(await this.#segmentsOf(records, version.id));
      const own = change.segments.filter(({ old }) => held.has(old));
      if (own.length === 0) continue;
      const removed = (layer: "text" | "quarantine") =>
        own
          .filter((segment) => segment.layer === layer)
          .flatMap((segment) => segment.removed.filter((record) => record <= version.last_record));
      const gone = removed("text");
      const [rows, bad] = [gone.length, removed("quarantine").length];
      await db
        .updateTable("dataset_version")
        .set({
          rows: version.rows - rows,
          quarantined: version.quarantined - bad,
          rows_in_file: version.rows_in_file - rows - bad,
          state: "redacted",
          content_hash: createHash("sha256").update(`${version.content_hash}\n${change.reference}`).digest("hex"),
        })
        .where("id", "=", version.id)
        .execute();
      await db.deleteFrom("typed_build").where("version_id", "=", version.id).execute();
      changed.set(version.number, gone);
    }
    await this.replaceEach(records, change.segments);
    return changed;
  }

  /** Puts segments in the place of those they were made from, in every version that has them. What was replaced is the caller's to remove. */
  async replaceEach(records: Records, segments: readonly RewrittenSegment[]): Promise<void> {
    const db = records.as<LakeTables>();
    for (const { old, layer, file, facts } of segments) {
      await db.insertInto("segment").values({ file, layer, sha256: facts.sha256, bytes: facts.bytes }).execute();
      await db.updateTable("version_segment").set({ file }).where("file", "=", old).execute();
      await db.deleteFrom("segment").where("file", "=", old).execute();
    }
  }

  /** Removes every file of a dataset that no row names, whatever its age: what was erased by law does not wait a day. */
  async removeUnnamed(datasetId: string): Promise<void> {
    for (const file of await this.listOrphans())
      if (file.startsWith(`${datasetId}/`)) await rm(join(this.folder, file), { force: true });
  }

  /** Gives a file that was written under its temporary name its own. */
  async publish(file: { readonly file: string; readonly part: string }): Promise<void> {
    await this.#publish(file);
  }

  async #segmentsOf(records: Records, versionId: string, layer?: "text" | "quarantine"): Promise<readonly string[]> {
    let query = records
      .as<LakeTables>()
      .selectFrom("version_segment")
      .innerJoin("segment", "segment.file", "version_segment.file")
      .select("segment.file")
      .where("version_id", "=", versionId)
      .orderBy("position");
    if (layer) query = query.where("layer", "=", layer);
    return (await query.execute()).map(({ file }) => file);
  }

  /**
   * Keeps the numbers of columns. They are given before a file is read; if another load came first they may be taken, and a
   * cell must never be shown under another column's name, class or mask.
   */
  async #holdColumns(records: Records, datasetId: string, columns: readonly LoadedColumn[]): Promise<void> {
    const db = records.as<LakeTables>();
    const held = await db.selectFrom("dataset_column").select(["number", "header"]).where("dataset_id", "=", datasetId).execute();
    for (const { number, header } of columns) {
      const same = held.find((column) => column.number === number || column.header === header);
      if (same && (same.number !== number || same.header !== header)) throw engineError("overtaken", {});
      if (!same) await db.insertInto("dataset_column").values({ dataset_id: datasetId, number, header }).execute();
    }
    const next = Math.max(0, ...columns.map((column) => column.number)) + 1;
    await db
      .updateTable("dataset")
      .set((set) => ({ next_column: set.fn<number>("max", [set.ref("next_column"), set.val(next)]) }))
      .where("id", "=", datasetId)
      .execute();
  }

  /** Drops every row of a dataset; its files are the caller's to remove once the transaction has committed. */
  async forgetDataset(records: Records, datasetId: string): Promise<void> {
    const db = records.as<LakeTables>();
    const versions = db.selectFrom("dataset_version").select("id").where("dataset_id", "=", datasetId);
    const files = db.selectFrom("version_segment").select("file").where("version_id", "in", versions);
    await db.deleteFrom("segment").where("file", "in", files).execute();
    await db.deleteFrom("version_segment").where("version_id", "in", versions).execute();
    await db.deleteFrom("received_file").where("version_id", "in", versions).execute();
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
      await db
        .deleteFrom("typed_build")
        .where("version_id", "in", await this.#sharing(records, build.versionId))
        .execute();
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

  /** The versions that a typed layer takes the place of: the same, and of an append dataset all, which its newest contains. */
  async #sharing(records: Records, versionId: string): Promise<readonly string[]> {
    const rows = await records
      .as<LakeTables>()
      .selectFrom("dataset_version as own")
      .innerJoin("dataset", "dataset.id", "own.dataset_id")
      .innerJoin("dataset_version as other", "other.dataset_id", "own.dataset_id")
      .select(["other.id", "dataset.kind"])
      .where("own.id", "=", versionId)
      .execute();
    return rows.filter(({ id, kind }) => id === versionId || kind === "append").map(({ id }) => id);
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
    return (await this.#segmentsOf(this.#store, versionId, layer)).map((file) => join(this.folder, file));
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
      state: row.state,
      lastRecord: row.last_record,
      committedAt: row.committed_at,
      mendedFrom: row.mended_from,
    };
  }
}

function datasetOf(row: LakeTables["dataset"]): Dataset {
  return { id: row.id, organisation: row.organisation, name: row.name, kind: row.kind, nextColumn: row.next_column };
}
