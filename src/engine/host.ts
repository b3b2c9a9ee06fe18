/**
 * The program of the engine and job processes. It holds the only DuckDB; the hub speaks to it over the IPC channel
 * and never loads the driver. Standard output is not used: DuckDB can be made to write there.
 */
import { mkdirSync, rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { GuildhallError } from "../kernel/errors.ts";
import { openDuckDb, readRows, TooManyRows } from "./duckdb.ts";
import { engineError } from "./errors.ts";
import type {
  CellsInput,
  CompareInput,
  FromHost,
  JoinsInput,
  LetGoInput,
  LoadInput,
  LookUpInput,
  MeetAreasInput,
  MendInput,
  MergeInput,
  OverlapInput,
  ProfileInput,
  PackInput,
  RewriteInput,
  RowsInput,
  Progress,
  StatementInput,
  TablesInput,
  TaskName,
  Tasks,
  ToHost,
  TypeInput,
} from "./protocol.ts";
import { hashFile } from "./read/file-scan.ts";
import { forbiddenReads } from "./statement-check.ts";
import { loadFile } from "./tasks/load.ts";
import { readColumnNames } from "./tasks/load-csv.ts";
import { readCells } from "./tasks/cells.ts";
import { compareVersions } from "./tasks/compare.ts";
import { findJoins } from "./tasks/joins.ts";
import { writeLookUp } from "./tasks/look-up.ts";
import { meetAreas } from "./tasks/meet-areas.ts";
import { letRecordsGo } from "./tasks/let-go.ts";
import { mendRecords } from "./tasks/mend.ts";
import { mergeSegments } from "./tasks/merge.ts";
import { measureOverlap } from "./tasks/overlap.ts";
import { packFiles } from "./tasks/pack.ts";
import { profileText } from "./tasks/profile.ts";
import { listTables } from "./tasks/tables.ts";
import { rewriteSegment } from "./tasks/rewrite.ts";
import { buildTyped } from "./tasks/type.ts";
import { writeRows } from "./tasks/write-rows.ts";

interface HostSettings {
  readonly role: "engine" | "job";
  readonly memoryMb: number;
  readonly threads: number;
  readonly tempDirectory: string;
  readonly maxTempMb: number;
}

const settings = JSON.parse(process.argv[2] ?? "{}") as HostSettings;
const scratch = join(settings.tempDirectory, `${settings.role}-${process.pid}`);
const running = new Map<number, DuckDBConnection>();
const checked = new Set<string>();

mkdirSync(scratch, { recursive: true });
if (settings.role === "job") setPriority(constants.priority.PRIORITY_LOW);
const instance: DuckDBInstance = await openDuckDb({ ...settings, tempDirectory: scratch });
process.on("message", (message: ToHost) => void receive(message));
process.on("disconnect", () => stop());
process.on("SIGINT", () => {}); // Ctrl-C reaches the whole group; the hub decides when this process ends
process.on("SIGTERM", () => stop());
send({ kind: "ready" });

async function receive(message: ToHost): Promise<void> {
  if (message.kind === "stop") stop();
  else if (message.kind === "interrupt") running.get(message.id)?.interrupt();
  else await answer(message);
}

async function answer(task: Extract<ToHost, { kind: "task" }>): Promise<void> {
  const connection = await instance.connect();
  running.set(task.id, connection);
  try {
    const output = await perform(task.name, task.input, connection, (progress) =>
      send({ kind: "progress", id: task.id, progress }),
    );
    send({ kind: "done", id: task.id, output });
  } catch (error) {
    send(failureOf(task.id, task.name, error));
  } finally {
    running.delete(task.id);
    connection.closeSync();
  }
}

async function perform(
  name: TaskName,
  input: unknown,
  connection: DuckDBConnection,
  tell: (progress: Progress) => void,
): Promise<unknown> {
  switch (name) {
    case "query":
      return query(connection, input as Tasks["query"]["input"]);
    case "tables":
      return listTables({ ...(input as TablesInput), scratch });
    case "load":
      return loadFile(connection, { ...(input as LoadInput), scratch }, throttled(tell));
    case "profile":
      return profileText(connection, input as ProfileInput, tell);
    case "type":
      return buildTyped(connection, input as TypeInput);
    case "look-up":
      return writeLookUp(connection, input as LookUpInput);
    case "meet-areas":
      return meetAreas(connection, input as MeetAreasInput);
    case "compare":
      return compareVersions(connection, input as CompareInput);
    case "joins":
      return findJoins(connection, input as JoinsInput);
    case "rewrite":
      return rewriteSegment(connection, input as RewriteInput);
    case "header":
      return { columns: await readColumnNames(input as Tasks["header"]["input"], scratch) };
    case "overlap":
      return measureOverlap(connection, input as OverlapInput);
    case "merge":
      return mergeSegments(connection, input as MergeInput);
    case "rows":
      await checkReads(connection, input as RowsInput);
      return writeRows(connection, input as RowsInput);
    case "pack":
      return packFiles(input as PackInput);
    case "let-go":
      return letRecordsGo(connection, input as LetGoInput);
    case "mend":
      return mendRecords(connection, { ...(input as MendInput), scratch });
    case "cells":
      return { rows: await readCells(connection, input as CellsInput) };
    case "hash":
      return hashFile((input as Tasks["hash"]["input"]).path);
  }
}

async function query(connection: DuckDBConnection, input: Tasks["query"]["input"]): Promise<Tasks["query"]["output"]> {
  await checkReads(connection, input);
  try {
    return await readRows(connection, input.text, input.params, input.maxRows);
  } catch (error) {
    throw error instanceof TooManyRows ? engineError("too-many-rows", { limit: input.maxRows }) : error;
  }
}

async function checkReads(connection: DuckDBConnection, statement: StatementInput): Promise<void> {
  const key = JSON.stringify([statement.check, statement.leaves]);
  if (checked.has(key)) return;
  const problems = await forbiddenReads(connection, statement.check, statement.leaves);
  if (problems.length > 0) throw new Error(`The statement reads what no decision stands behind: ${problems.join(", ")}.`);
  if (checked.size > 2000) checked.clear();
  checked.add(key);
}

/** At most ten messages a second, so that progress never costs more than the work. */
function throttled(tell: (progress: Progress) => void): (progress: Progress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < 100 && progress.done !== progress.total) return;
    last = now;
    tell(progress);
  };
}

function failureOf(id: number, task: string, error: unknown): FromHost {
  if (error instanceof GuildhallError) return { kind: "failed", id, code: error.code, message: error.message };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (/interrupt/i.test(detail)) return { kind: "failed", id, code: "engine.cancelled", message: "" };
  if (/ENOSPC|EFBIG|EROFS|EDQUOT|No space left|File too large|Read-only file system/i.test(detail)) {
    return { kind: "failed", id, code: "engine.no-space", message: "", detail };
  }
  return { kind: "failed", id, code: "engine.failed", message: task, detail: withoutData(detail) };
}

/** What the log may hold of a failure. DuckDB quotes cells in the messages of most kinds, so that only the kind is kept. */
function withoutData(detail: string): string {
  const kind = /\b((?:[A-Z][A-Za-z]+ )+Error):/.exec(detail)?.[1];
  return kind === undefined || /^(?:Parser|Binder|Catalog|IO|Out of Memory|Not implemented|INTERNAL) Error$/.test(kind)
    ? detail
    : `${kind} (its message may quote data and is left out)`;
}

function send(message: FromHost): void {
  if (process.connected) process.send?.(message);
}

function stop(): void {
  rmSync(scratch, { recursive: true, force: true });
  process.exit(0);
}
