import type { ComponentChildren } from "preact";
import type { ZodType } from "zod";
import type { AreaColumn, EngineProcess, Progress } from "../engine/index.ts";
import type { Job, Migrations, Records } from "../store/index.ts";
import type { Action } from "./action.ts";
import type { House } from "./house.ts";
import type { Rule } from "./rule.ts";
import type { Session } from "./session.ts";

/** What one domain brings to the faces. They read all manifests and know no domain by name. */
export interface Module {
  readonly name: string;
  readonly actions: readonly Action[];
  readonly migrations?: Migrations;
  readonly pages?: readonly Page[];
  readonly sections?: readonly Section[];
  readonly routes?: readonly Route[];
  readonly commands?: readonly Command[];
  readonly jobs?: readonly JobKind[];
  readonly loops?: readonly Loop[];
  readonly contributes?: Contributions;
}

/** What a running hub looks after again and again. */
export interface Loop {
  readonly name: string;
  /** The pause between two turns. */
  readonly everySeconds: number;
  readonly turn: (house: House) => Promise<void>;
}

/** How domains speak to questions that another domain owns, without importing it. */
export interface Contributions {
  /** What else is known of a dataset, such as the layout it was recognised as, for its page. Its reader looks after the dataset or is of its organisation. */
  readonly layout?: (dataset: string, house: House) => Promise<readonly LayoutFacts[]>;
  /** The live agreements that lend datasets of an organisation, one for each dataset; of every organisation for null. */
  readonly lending?: (organisation: string | null, house: House) => Promise<readonly Lending[]>;
  /** Where a dataset, or columns of it, come from, beside the files that were loaded. */
  readonly comesFrom?: (dataset: string, house: House) => Promise<readonly Strand[]>;
  /** What a dataset, or columns of it, are used in. */
  readonly goesTo?: (dataset: string, house: House) => Promise<readonly Strand[]>;
  /** The areas that the rows of a dataset lie in, as columns of its typed layer, for the job that builds it. */
  readonly areaColumns?: (dataset: string, request: JobRequest) => Promise<readonly RecipeColumn[]>;
  /** What it reads of a place file, once the files have been loaded. */
  readonly placeFile?: PlaceFilePart;
  /** Pages about a dataset, for its own page. Its reader is of its organisation. */
  readonly datasetPages?: (dataset: string, session: Session) => readonly { readonly text: string; readonly href: string }[];
  /** What may be done about a dataset of another organisation, of which only the description is known. */
  readonly otherDatasetPages?: (dataset: string) => readonly { readonly text: string; readonly href: string }[];
  /** A version of a dataset was typed, after a load or a decision on a column: what follows from it is queued. */
  readonly typed?: (dataset: string, house: House) => Promise<void>;
  /** Things that need this person, for the home page. */
  readonly tasks?: (session: Session, house: House) => Promise<readonly Task[]>;
  /** Does a case, task or referral tie this person to that subject now? */
  readonly need?: (session: Session, subject: string, house: House) => Promise<{ kind: string; id: string } | undefined>;
  /** The rules of an agreement, or of an organisation's policy on its own data when the agreement is null. */
  readonly rules?: (dataset: string, agreement: string | null, organisation: string, house: House) => Promise<readonly Rule[]>;
  /** Whether an agreement of this id is in force now. */
  readonly isLive?: (agreement: string, house: House) => Promise<boolean>;
  /** Finds things by words, only those the session may see. */
  readonly search?: (session: Session, words: string, house: House) => Promise<readonly Found[]>;
  /** Three to six figures for the home page, each as of now. */
  readonly figures?: (session: Session, house: House) => Promise<readonly { label: string; value: number; href?: string }[]>;
  /**
   * Records of a dataset were erased by law: what was derived from them goes in the same transaction. They are numbered by
   * version: the same number is another person's record in another one.
   */
  readonly erased?: (records: Records, dataset: string, byVersion: ReadonlyMap<number, readonly number[]>) => Promise<void>;
  /** The objects it holds, for `export --all`, each as plain data. */
  readonly exports?: (session: Session, house: House) => Promise<readonly ExportedObject[]>;
}

/** A part of a place file, by its key. */
export interface PlaceFilePart {
  readonly key: string;
  readonly shape: ZodType;
  /** Gives what it made, in sentences. */
  readonly load: (session: Session, said: unknown, folder: LoadedFolder, house: House) => Promise<readonly string[]>;
  /** The same, of a folder of which no place file says anything under this key. */
  readonly otherwise?: (session: Session, folder: LoadedFolder, house: House) => Promise<readonly string[]>;
}

/** A folder whose files have been loaded. */
export interface LoadedFolder {
  readonly name: string;
  readonly organisation: string;
  readonly datasets: readonly string[];
  /** By the name of its file. */
  readonly datasetOf: (file: string) => string;
}

/** A column that is worked out; two of one recipe hold the same cells. */
export interface RecipeColumn extends AreaColumn {
  readonly recipe: string;
}

/** A dataset that is lent under an agreement, to the other parties. */
export interface Lending {
  readonly dataset: string;
  readonly agreement: string;
  readonly title: string;
  readonly to: readonly string[];
}

/** One strand of a dataset's lineage. Its reader is of the organisation that the dataset belongs to. */
export interface Strand {
  /** What stands at the other end, in a word or two, such as “Agreement”. */
  readonly kind: string;
  readonly title: string;
  readonly href: string | null;
  /** Of the dataset, by number; null for the whole of it. */
  readonly columns: readonly number[] | null;
}

export interface LayoutFacts {
  readonly title: string;
  readonly rows: readonly { readonly key: string; readonly value: string }[];
  /** What checks of its rows found; null until they have run. Counts are exact: whoever shows them rounds them. */
  readonly checks: readonly { readonly count: number; readonly text: string }[] | null;
}

export interface Task {
  readonly title: string;
  readonly href: string;
  readonly why: string;
  readonly since: number;
  readonly action: string;
}

export interface Found {
  readonly title: string;
  readonly href: string;
  readonly kind: string;
  readonly text: string;
}

export interface ExportedObject {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
  readonly rows: readonly unknown[];
}

/** A line of the navigation, under one of the eight verbs; shown to those who may do `action`. */
export interface Section {
  readonly verb: "Pool" | "Know" | "Link" | "Share" | "Use" | "Protect" | "Open" | "Assess";
  readonly text: string;
  readonly href: string;
  readonly action: Action;
}

export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface PageRequest {
  readonly session: Session;
  readonly house: House;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly forms: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly Upload[];
  readonly csrf: string;
  /** Where the request comes from, for counting failed sign-ins. */
  readonly address: string;
  /** The cookie's secret, for signing out and changing what is in force. */
  readonly cookie: string | null;
}

export interface PageContent {
  readonly title: string;
  readonly lede?: string;
  readonly state?: { readonly text: string; readonly tone: "good" | "look" | "stop" | "note" | "plain" };
  readonly crumbs?: readonly { readonly text: string; readonly href: string }[];
  readonly mainAction?: ComponentChildren;
  readonly flash?: { readonly text: string; readonly tone: "good" | "look" | "stop" | "note" };
  readonly errors?: readonly { readonly text: string; readonly href: string }[];
  readonly refreshSeconds?: number;
  readonly wide?: boolean;
  readonly body: ComponentChildren;
}

export type PageReply =
  | { readonly kind: "page"; readonly content: PageContent; readonly status?: number }
  | { readonly kind: "redirect"; readonly to: string; readonly flash?: string; readonly cookie?: string | null }
  | { readonly kind: "file"; readonly name: string; readonly type: string; readonly body: string | Buffer }
  /** A file that is too large for memory: it streams from the disk. */
  | { readonly kind: "stream"; readonly name: string; readonly type: string; readonly path: string };

export interface Page {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Reachable without signing in. */
  readonly public?: true;
  /** Takes files. Others refuse a form that carries any. */
  readonly upload?: true;
  readonly handle: (request: PageRequest) => Promise<PageReply>;
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly public?: true;
  readonly params?: ZodType;
  readonly query?: ZodType;
  readonly body?: ZodType;
  readonly reply: ZodType;
  readonly handle: (request: RouteRequest) => Promise<unknown>;
}

export interface RouteRequest {
  readonly session: Session;
  readonly house: House;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Command {
  /** Such as `source add`. */
  readonly verb: string;
  readonly summary: string;
  readonly usage: string;
  readonly example: string;
  readonly flags: Readonly<Record<string, CommandFlag>>;
  /** How many plain arguments it takes. */
  readonly takes: { readonly least: number; readonly most: number };
  readonly run: (request: CommandRequest) => Promise<void>;
}

export interface CommandFlag {
  readonly type: "string" | "boolean";
  readonly about: string;
  /** May be given several times; its values are in `lists`. */
  readonly many?: true;
  /** A secret's file that is asked for at the terminal only where this flag is given. */
  readonly onlyWith?: string;
}

export interface CommandRequest {
  readonly session: Session;
  readonly house: House;
  readonly arguments: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  /** The values of flags that may be given several times, in order; empty where none was. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** The folder the person is in: paths are taken from there. */
  readonly cwd: string;
  readonly out: Terminal;
  /** A secret, from the file that a flag names, or asked for at the terminal. Never taken from the command line itself. */
  readonly secret: (flag: string, question: string) => Promise<string>;
}

export interface Terminal {
  line(text: string): void;
  /** A table for people. */
  table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void;
  /** The answer for machines; printed when `--json` is given, and then nothing else is. */
  json(value: unknown): void;
  progress(progress: Progress | null): void;
}

export interface JobKind {
  readonly kind: string;
  readonly label: string;
  readonly run: (request: JobRequest) => Promise<unknown>;
  /** Takes away what was laid by for a job that will not run any more: it failed, was cancelled, or is given up. */
  readonly discard?: (job: Job, house: House) => Promise<void>;
}

export interface JobRequest {
  readonly job: Job;
  readonly session: Session;
  readonly house: House;
  /** A process of its own for the heavy part, started when first used. */
  readonly process: EngineProcess;
  readonly signal: AbortSignal;
  readonly progress: (progress: {
    step: string;
    done: number;
    total: number;
    unit: "bytes" | "rows" | "steps" | "pairs";
  }) => void;
}

/** Asks every module that has an answer, and puts the answers one after the other. */
export async function collect<T>(
  modules: readonly Module[],
  ask: (contributions: Contributions) => Promise<readonly T[]> | undefined,
): Promise<readonly T[]> {
  const answers = await Promise.all(modules.map(async ({ contributes }) => (contributes && (await ask(contributes))) ?? []));
  return answers.flat();
}
