import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { costOf, main, root } from "./command.ts";
import { percentile, signIn } from "./client.ts";
import { pause, startHub, stopHub } from "./hub.ts";
import { treeResidentMb } from "./process-tree.ts";

const port = 4479;
const address = `http://127.0.0.1:${port}`;
const warmUpMs = 5000;

/**
 * Six kinds of page mixed, by several clients, while a large file is loaded (`loads` times, one after another); and how
 * `/healthz` answers meanwhile, asked from a process of its own. Memory is that of a minute later. The first seconds, in
 * which a new process compiles its code, are not counted.
 */
export async function benchPages(options: {
  seconds?: string | undefined;
  clients?: string | undefined;
  rows?: string | undefined;
  loads?: string | undefined;
}) {
  const seconds = Number(options.seconds ?? 120);
  const clients = Number(options.clients ?? 20);
  const wanted = Number(options.loads ?? 1);
  const folder = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  const data = join(folder, "hub");
  const hub = await startHub(data, port);
  try {
    const steward = await signIn(address, "amal@wexcombe.example");
    const analyst = await signIn(address, "bram@wexcombe.example");
    const worker = await signIn(address, "carys@wexcombe.example");
    const pages = await addresses(steward, analyst, worker);
    const files = [1, 2].map((which) => {
      const path = join(folder, `big-${which}.csv`);
      writeFileSync(path, bigCsv(Number(options.rows ?? 1_000_000), which));
      return path;
    });
    const counted = performance.now() + warmUpMs;
    const until = counted + seconds * 1000;
    const times: number[] = [];
    let failed = 0;
    let loads = 0;
    const client = async (first: number) => {
      for (let at = first; performance.now() < until; at += 1) {
        const page = pages[at % pages.length];
        if (!page) continue;
        const started = performance.now();
        const reply = await fetch(address + page.path, { headers: { cookie: page.cookie } });
        await reply.arrayBuffer();
        if (started > counted) times.push(performance.now() - started);
        if (reply.status !== 200) failed += 1;
        await pause(100); // a person's browser, not a flood
      }
    };
    const load = async () => {
      await pause(warmUpMs);
      for (; loads < wanted && performance.now() < until; loads += 1) {
        const what = loads === 0 ? ["add", files[0] ?? "", "--name", "Big"] : ["refresh", "Big", files[loads % 2] ?? ""];
        await costOf([process.execPath, main, "source", ...what], { GUILDHALL_DATA: data });
      }
    };
    const watch = async () => {
      await pause(warmUpMs);
      const { output } = await costOf([process.execPath, join(root, "bench/watch-health.ts"), address, String(seconds)]);
      return JSON.parse(output.split("\n")[0] ?? "[]") as number[];
    };
    const [health] = await Promise.all([watch(), load(), ...Array.from({ length: clients }, (_, at) => client(at))]);
    await pause(60_000);
    const memory = treeResidentMb(hub.pid ?? 0);
    return [
      { measure: "pages", n: times.length, failed, loads, "p50 ms": percentile(times, 0.5), "p99 ms": percentile(times, 0.99) },
      { measure: "/healthz", n: health.length, "p50 ms": percentile(health, 0.5), "p99 ms": percentile(health, 0.99) },
      { measure: "memory after", "hub MB": memory.own, "all MB": memory.all },
    ];
  } finally {
    await stopHub(hub);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addresses(steward: string, analyst: string, worker: string) {
  const text = async (path: string, cookie: string) => (await fetch(address + path, { headers: { cookie } })).text();
  const datasets = await text("/datasets", analyst);
  const council = /href="(\/datasets\/[^"]+)"[^>]*>Council tax/.exec(datasets)?.[1] ?? "/datasets";
  const builder = await text(`/questions/new?dataset=${council.split("/")[2] ?? ""}`, analyst);
  const ward = /<option value="(\d+)"[^>]*>Ward code/i.exec(builder)?.[1] ?? "9";
  const referrals = await text("/referrals", worker);
  const referral = /href="(\/referrals\/ref_[^"]+)"/.exec(referrals)?.[1] ?? "/referrals";
  const page = await text(referral, worker);
  const csrf = /name="_csrf" value="([0-9a-z]+)"/.exec(page)?.[1] ?? "";
  const subject = /name="subject" value="([^"]+)"/.exec(page)?.[1] ?? "";
  await fetch(`${address}${referral}/confirm`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: worker, origin: address },
    body: new URLSearchParams({ _csrf: csrf, subject }),
  });
  return [
    { path: "/", cookie: steward },
    { path: "/sources", cookie: steward },
    { path: council, cookie: steward },
    { path: `/questions/show?dataset=${council.split("/")[2] ?? ""}&measure=count&by=${ward}`, cookie: analyst },
    { path: `${referral}/record`, cookie: worker },
    { path: "/links", cookie: steward },
  ];
}

/** A large file; `which` makes it another, so that it is a new version. */
function bigCsv(rows: number, which: number): string {
  const lines = ["id,name,amount,day,code,a,b,c,d,e,f,g"];
  for (let row = 0; row < rows; row += 1)
    lines.push(
      `${row},Thing ${which} ${row % 5000},${row % 1000}.5,2026-0${(row % 9) + 1}-11,C${row % 37},${row % 3},${row % 5},${row % 7},x${row % 11},y,z,w`,
    );
  return `${lines.join("\n")}\n`;
}
