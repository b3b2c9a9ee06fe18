import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { engineError } from "../../engine/index.ts";
import { sourcesError } from "./errors.ts";
import { guardedLookup, reasonOf, refuseInside } from "./inside-network.ts";

/** What a web address may cost: bytes, redirects, time to answer, and time in which at least so many bytes must come. */
export const fetchLimits = { bytes: 2_000_000_000, redirects: 5, answerMs: 30_000, slowMs: 60_000, slowBytes: 60_000 } as const;

/** What the server said of the content last time, so that it need not send it again. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type Fetched =
  { readonly kind: "unchanged" } | { readonly kind: "file"; readonly name: string; readonly validators: Validators };

export interface FetchOptions {
  readonly held: Validators;
  /** Hosts of the own network that may be asked all the same. */
  readonly allowed: readonly string[];
  readonly signal: AbortSignal;
  readonly limits?: Partial<Record<keyof typeof fetchLimits, number>>;
}

/**
 * Fetches a web address into a file. Addresses of this machine and of private networks are refused, by what the name resolves
 * to at the moment of connecting and again after each redirect, unless the host is allowed. Fails with `sources.url-…`; nothing
 * is left then.
 */
export async function fetchUrl(address: string, target: string, options: FetchOptions): Promise<Fetched> {
  const limits = { ...fetchLimits, ...options.limits };
  let url = readUrl(address);
  for (let hop = 0; hop <= limits.redirects; hop += 1) {
    const reply = await ask(url, options, limits.answerMs);
    const status = reply.statusCode ?? 0;
    if (status === 304) {
      reply.resume();
      return { kind: "unchanged" };
    }
    if (status >= 300 && status < 400 && reply.headers.location !== undefined) {
      reply.destroy();
      url = readUrl(new URL(reply.headers.location, url).href);
      continue;
    }
    if (status !== 200) {
      reply.destroy();
      throw sourcesError("url-failed", { host: url.host, why: `it answered with status ${status}` });
    }
    try {
      await keep(reply, target, url, limits);
    } catch (error) {
      await rm(target, { force: true });
      throw options.signal.aborted ? engineError("cancelled", {}) : error;
    }
    const validators = { etag: reply.headers.etag ?? null, lastModified: reply.headers["last-modified"] ?? null };
    return { kind: "file", name: nameOf(url, reply), validators };
  }
  throw sourcesError("url-failed", { host: url.host, why: `it redirects more than ${limits.redirects} times` });
}

/** A web address that may be fetched from, as far as its text tells. Fails with `sources.url-unusable` or `sources.url-secret`. */
export function readUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw sourcesError("url-unusable", { url: text.slice(0, 200) }, { url: "Write one that begins with https:// or http://." });
  if (url.username !== "" || url.password !== "")
    throw sourcesError("url-secret", {}, { url: "Leave the user name and password out." });
  return url;
}

function ask(url: URL, { held, allowed, signal }: FetchOptions, answerMs: number): Promise<IncomingMessage> {
  const conditional = {
    ...(held.etag === null ? {} : { "if-none-match": held.etag }),
    ...(held.lastModified === null ? {} : { "if-modified-since": held.lastModified }),
  };
  refuseInside(url.hostname, allowed);
  const options: RequestOptions = {
    headers: { "user-agent": "Guildhall", accept: "*/*", "accept-encoding": "identity", ...conditional },
    signal,
    timeout: answerMs,
    lookup: guardedLookup(allowed),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, resolve);
    request.on("timeout", () =>
      request.destroy(sourcesError("url-failed", { host: url.host, why: "it did not answer in time" })),
    );
    request.on("error", (error: Error & { code?: string }) =>
      reject(
        signal.aborted
          ? engineError("cancelled", {})
          : error.code?.startsWith("sources.") === true
            ? error
            : sourcesError("url-failed", { host: url.host, why: reasonOf(error.code) }),
      ),
    );
    request.end();
  });
}

/** Writes the answer to the file, as long as it is not too large and not too slow. */
async function keep(
  reply: IncomingMessage,
  target: string,
  url: URL,
  limits: Record<keyof typeof fetchLimits, number>,
): Promise<void> {
  let [bytes, counted] = [0, 0];
  const stop = (why: string) => reply.destroy(sourcesError("url-failed", { host: url.host, why }));
  const watch = setInterval(() => {
    if (bytes - counted < limits.slowBytes) stop("it sends too slowly");
    counted = bytes;
  }, limits.slowMs);
  reply.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.bytes) stop(`it sends more than ${Math.round(limits.bytes / 1_000_000)} MB`);
  });
  try {
    await pipeline(reply, createWriteStream(target, { flags: "wx", mode: 0o600 }));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (["ENOSPC", "EFBIG", "EDQUOT", "EROFS"].includes(code)) throw engineError("no-space", {});
    throw code.startsWith("ERR_STREAM_PREMATURE") || code === "ECONNRESET"
      ? sourcesError("url-failed", { host: url.host, why: "the connection broke before all had come" })
      : error;
  } finally {
    clearInterval(watch);
  }
}

function nameOf(url: URL, reply: IncomingMessage): string {
  const given = /filename="?([^";]+)"?/i.exec(reply.headers["content-disposition"] ?? "")?.[1];
  return basename((given ?? decodeURIComponent(url.pathname)).replaceAll("\\", "/")).slice(0, 200) || url.hostname;
}
