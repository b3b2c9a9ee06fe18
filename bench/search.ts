import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { slipKeys, wordsOf } from "../src/domains/catalogue/search-words.ts";
import { percentile, signIn } from "./client.ts";
import { startHub, stopHub } from "./hub.ts";

const port = 4481;
const address = `http://127.0.0.1:${port}`;
const subjects = [
  "libraries",
  "housing",
  "schools",
  "collisions",
  "licences",
  "allotments",
  "benefits",
  "planning",
  "waste",
  "trees",
];
const kinds = [
  "register",
  "survey",
  "return",
  "extract",
  "counts",
  "visits",
  "contacts",
  "payments",
  "inspections",
  "waiting list",
];

/**
 * Pages of the catalogue that a browser asks for while somebody searches among 10,000 datasets: words as they are, beginnings of
 * words, words with a slip, and words that nothing has. The first round is not counted.
 */
export async function benchSearch(options: { rows?: string | undefined; pairs?: string | undefined }) {
  const datasets = Number(options.rows ?? 10_000);
  const rounds = Number(options.pairs ?? 5);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  const data = join(folder, "hub");
  try {
    await stopHub(await startHub(data, port));
    fill(data, datasets);
    const hub = await startHub(data, port);
    try {
      const cookie = await signIn(address, "amal@wexcombe.example");
      const searches = {
        "a word": subjects,
        "two words": subjects.map((subject, at) => `${subject} ${kinds[at] ?? ""}`),
        "the beginning of a word": subjects.map((subject) => subject.slice(0, 4)),
        "a word with a slip": subjects.map((subject) => `${subject.slice(0, 3)}${subject.slice(4)}`),
        "a word of one dataset": Array.from({ length: 10 }, (_, at) => `ward${at * 997 + 13}`),
        nothing: ["zeppelins", "submarines"],
      };
      const results = [];
      for (const [measure, words] of Object.entries(searches)) {
        const times: number[] = [];
        for (let round = 0; round <= rounds; round += 1)
          for (const text of words) {
            const started = performance.now();
            const reply = await fetch(`${address}/datasets?words=${encodeURIComponent(text)}`, { headers: { cookie } });
            await reply.text();
            if (reply.status !== 200) throw new Error(`${text} gave ${reply.status}.`);
            if (round > 0) times.push(performance.now() - started);
          }
        const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
        results.push({ bench: "search", datasets, measure, n: times.length, "p50 ms": p50, "p99 ms": p99 });
      }
      return results;
    } finally {
      await stopHub(hub);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Enters datasets that nothing was loaded into, half of them the council's own, with the words that they are found by. */
function fill(data: string, datasets: number): void {
  const database = new DatabaseSync(join(data, "hub.db"));
  const organisations = database.prepare("SELECT id FROM organisation ORDER BY created_at").all() as { id: string }[];
  const columns = database.prepare("SELECT name FROM pragma_table_info('entry')").all() as { name: string }[];
  const [like] = database.prepare("SELECT * FROM entry LIMIT 1").all() as Record<string, string | number | null>[];
  const names = columns.map(({ name }) => name);
  const entry = database.prepare(`INSERT INTO entry (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`);
  const dataset = database.prepare("INSERT INTO dataset VALUES (?, ?, ?, 'snapshot', 1, 0)");
  const word = database.prepare("INSERT INTO entry_word (word, dataset_id, own) VALUES (?, ?, 0)");
  const slip = database.prepare("INSERT OR IGNORE INTO word_slip (slip, word) VALUES (?, ?)");
  database.exec("BEGIN");
  for (let at = 0; at < datasets; at += 1) {
    const [id, organisation] = [`dst_bench${at}`, organisations[at % organisations.length]?.id ?? ""];
    const title = `${subjects[at % 10] ?? ""} ${kinds[Math.floor(at / 10) % 10] ?? ""} ${at}`;
    const description = `Monthly ${kinds[(at * 7) % 10] ?? ""} of the ${subjects[(at * 3) % 10] ?? ""} team for ward${at}.`;
    dataset.run(id, organisation, title);
    const own: Record<string, string | number | null> = { ...like, dataset_id: id, organisation, title, description };
    entry.run(...names.map((name) => own[name] ?? null));
    for (const text of wordsOf(`${title} ${description}`)) {
      word.run(text, id);
      for (const key of slipKeys(text)) slip.run(key, text);
    }
  }
  database.exec("COMMIT");
  database.close();
}
