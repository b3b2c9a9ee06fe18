import type { Terminal } from "../../access/index.ts";

export type Line =
  | { readonly to: "out" | "err"; readonly text: string }
  | { readonly progress: { readonly step: string; readonly done: number; readonly total: number; readonly unit: string } | null }
  | { readonly exit: number };

/** What a command says, as lines for a terminal or, with `json`, as one JSON answer. */
export class LineTerminal implements Terminal {
  readonly #send: (line: Line) => void;
  readonly #json: boolean;

  constructor(send: (line: Line) => void, json: boolean) {
    this.#send = send;
    this.#json = json;
  }

  line(text: string): void {
    if (!this.#json) this.#send({ to: "out", text });
  }

  table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    if (!this.#json) for (const text of tableLines(head, rows)) this.#send({ to: "out", text });
  }

  json(value: unknown): void {
    if (this.#json) this.#send({ to: "out", text: JSON.stringify(value, null, 2) });
  }

  progress(progress: Parameters<Terminal["progress"]>[0]): void {
    if (!this.#json) this.#send({ progress });
  }
}

/** Columns side by side, numbers to the right. */
export function tableLines(head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en-GB") : cell)));
  const right = head.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === "number" || row[at] === "–"));
  const widths = head.map((title, at) => Math.max(title.length, ...texts.map((row) => (row[at] ?? "").length)));
  const draw = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (right[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return [draw(head), draw(widths.map((width) => "─".repeat(width))), ...texts.map(draw)];
}

/** Prints lines on this process's own terminal: a bar where there is one, and plain lines otherwise. */
export class Printer {
  readonly #started = performance.now();
  #bar = false;
  #lastStep = "";

  print(line: Line): void {
    if ("exit" in line) return;
    if ("progress" in line) {
      this.#progress(line.progress);
      return;
    }
    this.#clear();
    (line.to === "out" ? process.stdout : process.stderr).write(`${line.text}\n`);
  }

  #progress(progress: Extract<Line, { progress: unknown }>["progress"]): void {
    if (!process.stderr.isTTY) {
      if (progress && progress.step !== this.#lastStep) process.stderr.write(`${progress.step}\n`);
      this.#lastStep = progress?.step ?? "";
      return;
    }
    this.#clear();
    if (!progress) return;
    const { step, done, total } = progress;
    const seconds = (performance.now() - this.#started) / 1000;
    const share = total > 0 ? done / total : 0;
    const left = share > 0.02 ? `, about ${Math.max(1, Math.round((seconds / share) * (1 - share)))} s left` : "";
    const bar =
      total > 0
        ? `[${"█".repeat(Math.round(share * 24)).padEnd(24, "░")}] ${String(Math.floor(share * 100)).padStart(3)} %${left}`
        : "…";
    process.stderr.write(`${step} ${bar}`);
    this.#bar = true;
  }

  #clear(): void {
    if (this.#bar) process.stderr.write("\r\u001b[2K");
    this.#bar = false;
  }
}
