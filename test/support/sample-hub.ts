// The whole sample hub, served on a loopback port as `npm start` serves it, with canaries where nobody may see them.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { House } from "../../src/access/index.ts";
import { openHouse } from "../../src/build-house.ts";
import { readHubFacts, resumeSession, resumeToken, samplePassword } from "../../src/domains/people/index.ts";
import { buildServer } from "../../src/faces/web/index.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { readSettings } from "../../src/kernel/config.ts";
import { createLog } from "../../src/kernel/log.ts";
import { loadSample, samplePeople } from "../../src/load-sample.ts";
import type { Manifest } from "../../src/sample/index.ts";

export interface SampleHub {
  readonly address: string;
  readonly house: House;
  readonly manifest: Manifest;
  /** Everything logged so far. */
  readonly logged: () => string;
  /** Everything that lies in the folders for passing things on: landing and temporary files. */
  readonly leftBehind: () => Promise<string>;
  readonly signIn: (email: string) => Promise<Visitor>;
  readonly stranger: () => Visitor;
  readonly close: () => Promise<void>;
}

/** A browser without a screen: keeps cookies, follows nothing by itself. */
export interface Visitor {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  readonly post: (path: string, form: Record<string, string>) => Promise<Reply>;
  /** Posts a form with one file, as a browser does; the form's token comes first. */
  readonly upload: (path: string, csrf: string, file: { name: string; body: string | Uint8Array<ArrayBuffer> }) => Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly body: string;
  /** Header lines as received, for what hides in them. */
  readonly headers: string;
}

export { samplePassword, samplePeople };

export async function openSampleHub(
  options: { canaries?: boolean; clock?: Clock; settings?: Readonly<Record<string, string>> } = {},
): Promise<SampleHub> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-hub-"));
  const settings = readSettings({ GUILDHALL_DATA: join(folder, "data"), GUILDHALL_LOG: "info", ...options.settings });
  const lines: string[] = [];
  const { house, close } = await openHouse(settings, {
    log: createLog("info", (line) => lines.push(line)),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const manifest = await loadSample(house, () => {}, options);
  const app = await buildServer({
    house,
    resume: resumeSession,
    resumeToken,
    facts: async () => {
      const facts = await readHubFacts(house.store);
      return { place: facts.place, invented: facts.mode === "sample" };
    },
    uploadBytes: 50_000_000,
    assets: fileURLToPath(new URL("../../dist/assets/", import.meta.url)),
    ready: async () => true,
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    address,
    house,
    manifest,
    logged: () => lines.join(""),
    leftBehind: async () => {
      const texts = await Promise.all([house.folder.landing, house.folder.temporary].map(readAll));
      return texts.join("\n");
    },
    signIn: async (email) => {
      const visitor = newVisitor(address);
      const page = await visitor.get("/sign-in");
      const reply = await visitor.post("/sign-in", { _csrf: csrfOf(page.body), email, password: samplePassword });
      if (reply.status !== 303) throw new Error(`${email} could not sign in: ${reply.status}`);
      return visitor;
    },
    stranger: () => newVisitor(address),
    close: async () => {
      await app.close();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The token that a page's forms carry. */
export function csrfOf(html: string): string {
  return /name="_csrf" value="([0-9a-z]+)"/.exec(html)?.[1] ?? "";
}

/** A browser that has not been here before. */
export function newVisitor(address: string): Visitor {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(address + path, {
      ...init,
      redirect: "manual",
      headers: { ...(init.headers as Record<string, string>), cookie },
    });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: reply.status,
      type: reply.headers.get("content-type") ?? "",
      location: reply.headers.get("location"),
      body: await reply.text(),
      headers: [...reply.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
    };
  };
  return {
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form) => send(path, { method: "POST", body: new URLSearchParams(form), headers: { origin: address } }),
    upload: (path, csrf, { name, body }) => {
      const form = new FormData();
      form.set("_csrf", csrf);
      form.set("file", new Blob([body]), name);
      return send(path, { method: "POST", body: form, headers: { origin: address } });
    },
  };
}

async function readAll(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")),
  );
  return texts.join("\n");
}
