import type { DataUse } from "../audit/index.ts";
import {
  filledCell,
  Relation,
  typedCells,
  type EngineProcess,
  type QueryResult,
  type RowsOutput,
  type RowsTarget,
  type Version,
} from "../engine/index.ts";
import { civilDate } from "../kernel/clock.ts";
import { compile, ident, join, sql, type Fragment, type Leaf, type Stage } from "../sql/index.ts";
import type { Records } from "../store/index.ts";
import { getType, madeBy, maskSql, shapeSql, type Mask } from "../vocabulary/index.ts";
import type { Gate } from "./gate.ts";
import type { Literal, Pred } from "./pred.ts";
import { renderPred, type AttributeType } from "./pred-sql.ts";
import { decide, type DataAction, type DatasetColumn, type Obligations, type Reason } from "./rule.ts";
import { Denial, type Session } from "./session.ts";

export interface RelationRequest {
  readonly dataset: string;
  readonly action: DataAction;
  readonly under: "own" | { readonly agreement: string };
  readonly columns: readonly number[] | "covered";
  /** The version by number; the newest when left out. */
  readonly version?: number;
  /**
   * `received`: each cell as it stood in the file, which shows what a mask or a type would not. Only where every column of
   * the version is granted clear and every row is. `mended`: under `quarantine`, the records that became rows of the version
   * by being mended, as they stood and with the cells that they were given. Typed unless given.
   */
  readonly layer?: "typed" | "received" | "mended";
  /** Only these records, which are records of `subjects`. Naming subjects without their records opens nothing. */
  readonly records?: readonly number[];
  /** The entities whose records are asked for, with the evidence that ties the person to them. */
  readonly subjects?: readonly string[];
}

export interface Granted {
  readonly relation: Relation;
  readonly columns: readonly (DatasetColumn & { readonly mask: Mask })[];
  readonly obligations: Obligations;
  readonly dataset: { readonly id: string; readonly name: string; readonly organisation: string };
  readonly version: { readonly id: string; readonly number: number; readonly committedAt: number };
}

interface Rows {
  readonly rows: Fragment;
  readonly files: readonly string[];
}

/** What one decided use may reach: the hub's records, and rows of the lake through Relations, and nothing else. */
export class Scope {
  readonly session: Session;
  readonly #gate: Gate;
  readonly #putEntry: (records: Records) => Promise<void>;
  readonly #data: DataUse[] = [];
  /** Which entry of `#data` each Relation stands for. */
  readonly #uses = new Map<Leaf, number>();
  #subjects: readonly string[] = [];
  #evidence: { kind: string; id: string } | null = null;
  #agreement: string | null = null;
  #noted = false;
  #readSinceNoted = false;
  #closed = false;

  private constructor(session: Session, gate: Gate, putEntry: (records: Records) => Promise<void>) {
    this.session = session;
    this.#gate = gate;
    this.#putEntry = putEntry;
  }

  /** For `Session.perform` alone. */
  static make(session: Session, gate: Gate, putEntry: (records: Records) => Promise<void>): Scope {
    return new Scope(session, gate, putEntry);
  }

  /** Whether a transaction was given this use's entry; whether it committed, only the log can tell. */
  get noted(): boolean {
    return this.#noted;
  }

  /** Whether rows were reached after the entry was written, so that it does not tell of them. */
  get readSinceNoted(): boolean {
    return this.#readSinceNoted;
  }

  /** For `Session.perform` alone: the use is over, and nothing kept from it reaches anything any more. */
  close(): void {
    this.#closed = true;
  }

  get data(): readonly DataUse[] {
    return this.#data;
  }

  get subjects(): readonly string[] {
    return this.#subjects;
  }

  get evidence(): { readonly kind: string; readonly id: string } | null {
    return this.#evidence;
  }

  get agreement(): string | null {
    return this.#agreement;
  }

  /** The hub's own records, to read. */
  get records(): Records {
    this.#mustBeOpen();
    return this.#gate.store;
  }

  /** Writes in one transaction, with this use's audit entry in it: neither can exist without the other. */
  async transaction<T>(work: (records: Records) => Promise<T>): Promise<T> {
    this.#mustBeOpen();
    return this.#gate.store.transaction(async (records) => {
      const result = await work(records);
      await this.noteIn(records);
      return result;
    });
  }

  /**
   * Puts this use's entry into a transaction that somebody else (the lake) has open. A use of several transactions puts
   * it into each, since any of them may be rolled back; the log takes it once.
   */
  async noteIn(records: Records): Promise<void> {
    this.#mustBeOpen();
    this.#noted = true;
    await this.#putEntry(records);
  }

  /** Says that a dataset leaves whole, as in an export: its owner finds the use in its own record. */
  leaves(use: DataUse): void {
    this.#mustBeOpen();
    this.#data.push(use);
  }

  /** Says whose records this use concerns, for a use that names people without reading the lake. */
  concerns(subjects: readonly string[], evidence: { kind: string; id: string } | null = null): void {
    this.#subjects = [...new Set([...this.#subjects, ...subjects])].sort();
    this.#evidence ??= evidence;
  }

  /**
   * Decides on the rows of one dataset and gives them as a Relation, or fails: the caller is told one sentence, the
   * log the reason. A dataset that does not exist is missing.
   */
  async relation(request: RelationRequest): Promise<Granted> {
    this.#mustBeOpen();
    const facts = await this.#gate.describeDataset(request.dataset);
    const person = this.session.person;
    if (!facts || !person) throw new Denial("missing", "organisation");
    const agreement = request.under === "own" ? null : request.under.agreement;
    // that another organisation's dataset exists is not given away, whatever stands against the request
    const deny = (reason: Reason) => new Denial(facts.organisation === person.organisation ? "refused" : "missing", reason);
    if (this.#agreement !== null && agreement !== this.#agreement) throw deny("agreement_scope"); // two are never pooled
    if (agreement !== null && !(await this.#gate.isLive(agreement))) throw deny("agreement_not_live");
    const rules = await this.#gate.rulesFor(request.dataset, agreement, person.organisation);
    const evidence = await this.#findNeed(request);
    const known = {
      who: new Map<string, Literal | readonly Literal[]>([
        ["organisation", person.organisation],
        ["person", person.id],
        ["roles", person.roles],
      ]),
      why: new Map<string, Literal>(this.session.purpose === null ? [] : [["purpose", this.session.purpose]]),
      agreement: new Map<string, Literal>(agreement === null ? [] : [["id", agreement]]),
    };
    const decision = decide(
      {
        roles: person.roles,
        organisation: person.organisation,
        purpose: this.session.purpose,
        action: request.action,
        under: request.under,
        columns: request.columns,
        // a search looks for the records of its subject; anything else names them
        need:
          request.subjects === undefined
            ? null
            : evidence !== null && (request.action === "search" || request.records !== undefined),
        known,
      },
      facts,
      rules,
    );
    if (decision.effect === "deny") throw deny(decision.reason);
    const version = await this.#gate.lake.findVersion(request.dataset, request.version);
    if (!version) throw new Denial("missing", "organisation");
    const { obligations } = decision;
    const bad = request.action === "quarantine" ? quarantineColumns : request.action === "unread" ? unreadColumns : undefined;
    if (bad && !showsWhole(obligations, facts.columns)) throw deny("column");
    const quarantine = bad !== undefined;
    const received = request.layer === "received";
    const mended = request.layer === "mended";
    if (mended && request.action !== "quarantine") throw deny("column");
    const twice = request.action === "check" || request.action === "inspect";
    const { all, typed } = await this.#columnsOf(version, facts.columns, {
      quarantine: quarantine && !mended,
      received: received || twice || mended,
    });
    const shown = obligations.columns.flatMap(({ number, mask }) => {
      const column = all.find((candidate) => candidate.number === number);
      return column ? [{ ...column, mask }] : [];
    });
    if (shown.length === 0 || (request.columns !== "covered" && shown.length < obligations.columns.length)) throw deny("column");
    if (received && (request.records !== undefined || !showsWhole(obligations, all))) throw deny("column");
    this.#agreement = agreement;
    if (request.subjects) this.concerns(request.subjects, evidence);
    const { rows, files } = mended
      ? await this.#mendedOf(version, shown)
      : bad
        ? await this.#quarantineOf(version, bad)
        : received
          ? await this.#receivedOf(version, shown)
          : twice
            ? await this.#twiceOf(version, all)
            : await this.#rowsOf(version, all, typed);
    const body =
      quarantine || received
        ? rows
        : shownBody({
            rows,
            shown,
            twice,
            all,
            filter: obligations.rowFilter,
            records: request.records,
            key: this.#gate.pseudonymKey(agreement),
            asAt: civilDate(this.#gate.clock()),
          });
    const label = `${facts.name} v${version.number}`;
    const columns = mended
      ? ["record_no", "raw", "reasons", ...shown.map(({ number }) => `c${number}`)]
      : (bad ?? [
          "record_no",
          ...shown.map(({ number }) => `c${number}`),
          ...(twice ? shown.map(({ number }) => `t${number}`) : []),
        ]);
    if (this.#noted) this.#readSinceNoted = true;
    const clear = shown.every(({ mask }) => mask === "clear");
    // linkage and questions look at a relation many times over: what it holds is worked out once there
    const rowsWanted = request.action === "read" || request.action === "export";
    const whole = rowsWanted && obligations.rowFilter.op === "true" && clear && request.records === undefined;
    const relation = Relation.mint(label, columns, { body, files, whole });
    this.#uses.set(relation, this.#data.length);
    this.#data.push({
      dataset: facts.id,
      owner: facts.organisation,
      version: version.id,
      columns: shown.map(({ number }) => `c${number}`),
      rows: 0,
    });
    return {
      relation,
      columns: shown,
      obligations,
      dataset: { id: facts.id, name: facts.name, organisation: facts.organisation },
      version: { id: version.id, number: version.number, committedAt: version.committedAt },
    };
  }

  /** Runs a statement over Relations. What comes back is counted into this use's entry. */
  async query(statement: Fragment | Stage, options: { maxRows?: number } = {}): Promise<QueryResult> {
    this.#mustBeOpen();
    return this.#counted(
      statement,
      await this.#gate.engine.query(statement, { organisation: this.session.organisation ?? "operator", ...options }),
    );
  }

  /** The same on a job's own process. */
  async queryOn(
    process: EngineProcess,
    statement: Fragment | Stage,
    options: { maxRows: number; signal?: AbortSignal },
  ): Promise<QueryResult> {
    this.#mustBeOpen();
    return this.#counted(statement, await this.#gate.engine.queryOn(process, statement, options));
  }

  /** Writes the rows of a statement, whose first row is the names of its columns, into a file of a job. They are counted too. */
  async writeOn(
    process: EngineProcess,
    statement: Fragment | Stage,
    target: RowsTarget,
    options: { signal?: AbortSignal } = {},
  ): Promise<RowsOutput> {
    this.#mustBeOpen();
    const written = await this.#gate.engine.writeOn(process, statement, target, options);
    this.#credit(statement, written.rows);
    return written;
  }

  async #quarantineOf({ id, lastRecord }: Version, columns: readonly string[]): Promise<Rows> {
    const files = await this.#gate.lake.filesOf(id, "quarantine");
    return { rows: quarantineBody(files, lastRecord, columns), files };
  }

  /**
   * Records that the version before had in quarantine and that this one, made by mending, has as rows. They are read from both,
   * so that whatever is erased from either, or let go, is not among them.
   */
  async #mendedOf(version: Version, columns: readonly DatasetColumn[]): Promise<Rows> {
    const { datasetId, number, mendedFrom } = version;
    const before = mendedFrom === null ? undefined : await this.#gate.lake.findVersion(datasetId, number - 1);
    const stood: Rows = before
      ? await this.#quarantineOf(before, quarantineColumns)
      : { rows: quarantineBody([], 0, quarantineColumns), files: [] };
    const names = columns.map((column) => ident(`c${column.number}`));
    const text = await this.#receivedOf(version, columns);
    return {
      rows: sql`SELECT ${join(["record_no", "raw", "reasons"].map(ident), ", ")}, ${join(names, ", ")}
        FROM (${stood.rows}) JOIN (${text.rows}) USING (record_no)`,
      files: [...stood.files, ...text.files],
    };
  }

  /**
   * A version has the columns that its file had and, where its typed layer was built from the types and readings as they are
   * now decided, those that were worked out from them. As they were received, nothing is worked out.
   */
  async #columnsOf(
    version: Version,
    columns: readonly DatasetColumn[],
    { quarantine, received }: { quarantine: boolean; received: boolean },
  ) {
    if (quarantine) return { all: columns, typed: false };
    const built = (await this.#gate.lake.findTyped(version.id))?.types;
    const own = columns.filter(
      ({ number, recipe }) => recipe === undefined && version.columns.some((column) => column.number === number),
    );
    const typed = built !== undefined && own.every((column) => built[`c${column.number}`] === madeBy(column));
    const worked =
      typed && !received ? columns.filter(({ number, recipe }) => recipe !== undefined && built[`c${number}`] === recipe) : [];
    return { all: [...own, ...worked], typed };
  }

  /** From the typed layer, or else from the text layer, read as the typed would be. */
  async #rowsOf({ id, lastRecord }: Version, columns: readonly DatasetColumn[], typed: boolean): Promise<Rows> {
    if (!typed)
      return this.#textOf(id, (layer) => sql`SELECT ${typedCells(columns)} FROM ${layer} WHERE record_no <= ${lastRecord}`);
    const files = await this.#gate.lake.filesOf(id, "typed");
    return { rows: sql`SELECT * FROM read_parquet(${files})`, files };
  }

  /** Each cell twice: as it is read (`c1`), and as it was received (`t1`), null where it says nothing. */
  #twiceOf({ id, lastRecord }: Version, columns: readonly DatasetColumn[]): Promise<Rows> {
    const cells = columns.map((column) => {
      const cell = filledCell(column);
      return sql`CASE WHEN trim(${cell}) <> '' THEN ${cell} END AS ${ident(`t${column.number}`)}`;
    });
    return this.#textOf(
      id,
      (layer) => sql`SELECT ${typedCells(columns)}, ${join(cells, ", ")} FROM ${layer} WHERE record_no <= ${lastRecord}`,
    );
  }

  async #textOf(id: string, select: (layer: Fragment) => Fragment): Promise<Rows> {
    const files = await this.#gate.lake.filesOf(id, "text");
    if (files.length === 0) throw new Denial("missing", "organisation");
    return { rows: select(sql`read_parquet(${files}, union_by_name = true)`), files };
  }

  /** The text layer: what a segment's file did not have is empty, as a cell with nothing in it is. */
  #receivedOf({ id, lastRecord }: Version, columns: readonly DatasetColumn[]): Promise<Rows> {
    const cells = columns.map(({ number }) => sql`coalesce(${ident(`c${number}`)}, '') AS ${ident(`c${number}`)}`);
    return this.#textOf(
      id,
      (layer) => sql`SELECT ${join([ident("record_no"), ...cells], ", ")} FROM ${layer} WHERE record_no <= ${lastRecord}`,
    );
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new Error("A scope was used after its use had ended.");
  }

  #counted(statement: Fragment | Stage, result: QueryResult): QueryResult {
    this.#credit(statement, result.rows.length);
    return result;
  }

  /** Credits the rows of an answer to every dataset that the statement read. */
  #credit(statement: Fragment | Stage, rows: number): void {
    if (this.#noted) this.#readSinceNoted = true;
    for (const leaf of compile(statement).leaves.values()) {
      const at = this.#uses.get(leaf);
      const use = at === undefined ? undefined : this.#data[at];
      if (at !== undefined && use) this.#data[at] = { ...use, rows: use.rows + rows };
    }
  }

  async #findNeed(request: RelationRequest): Promise<{ kind: string; id: string } | null> {
    if (!request.subjects || request.subjects.length === 0) return null;
    let first: { kind: string; id: string } | null = null;
    for (const subject of request.subjects) {
      const found = await this.#gate.findNeed(this.session, subject);
      if (!found) return null;
      first ??= found;
    }
    return first;
  }
}

/** A record that could not be read has no columns to mask and no values to filter by: it is shown whole or not at all. */
function showsWhole(obligations: Obligations, columns: readonly DatasetColumn[]): boolean {
  return (
    obligations.rowFilter.op === "true" &&
    columns.every(({ number }) => obligations.columns.some((column) => column.number === number && column.mask === "clear"))
  );
}

const unreadColumns = ["record_no", "byte_offset", "first_line", "last_line", "reasons"] as const;
const quarantineColumns = [...unreadColumns, "raw"] as const;

function quarantineBody(files: readonly string[], lastRecord: number, columns: readonly string[]): Fragment {
  if (files.length > 0)
    return sql`SELECT ${join(columns.map(ident), ", ")} FROM read_parquet(${files}) WHERE record_no <= ${lastRecord}`;
  return sql`SELECT 0::BIGINT AS record_no, 0::BIGINT AS byte_offset, 0::BIGINT AS first_line, 0::BIGINT AS last_line, '' AS raw, '' AS reasons WHERE false`;
}

function shownBody(parts: {
  rows: Fragment;
  shown: readonly (DatasetColumn & { mask: Mask })[];
  /** Whether the rows hold cells as they were received, too: clear, or under a mask their shape; under `null` not even that. */
  twice: boolean;
  all: readonly DatasetColumn[];
  filter: Pred;
  records: readonly number[] | undefined;
  key: string;
  asAt: string;
}): Fragment {
  const { rows, records } = parts;
  const types = new Map(parts.all.map((column): [string, AttributeType] => [`c${column.number}`, getType(column.type).storage]));
  const cells = parts.shown.map(({ number, mask, type }) => {
    const masked = maskSql(mask, ident(`c${number}`), getType(type).storage, parts.key, parts.asAt);
    return sql`${masked} AS ${ident(`c${number}`)}`;
  });
  const texts = (parts.twice ? parts.shown : []).map(({ number, mask }) => {
    const cell = ident(`t${number}`);
    const left = mask === "clear" ? cell : mask === "null" ? sql`CAST(NULL AS VARCHAR)` : shapeSql(cell);
    return sql`${left} AS ${cell}`;
  });
  const only =
    records === undefined ? sql`true` : records.length === 0 ? sql`false` : sql`record_no IN (SELECT unnest(${records}))`;
  return sql`SELECT ${join([ident("record_no"), ...cells, ...texts], ", ")} FROM (${rows}) WHERE ${renderPred(parts.filter, types)} AND ${only}`;
}
