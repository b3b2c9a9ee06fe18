import { lookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { House } from "../../access/index.ts";
import { sourcesError } from "./errors.ts";

/** The hosts of the own network that the operator allows data to be fetched from. */
export function allowedInside(house: House): readonly string[] {
  const set = String(house.settings.find(({ name }) => name === "GUILDHALL_FETCH_INSIDE")?.value ?? "");
  return set.toLowerCase().split(/[\s,]+/);
}

/** Fails with `sources.url-inside` for an address of this machine or of a private network that is not allowed by its host's name. */
export function refuseInside(hostname: string, allowed: readonly string[]): void {
  const host = hostname.replaceAll(/[[\]]/g, "");
  if (!allowed.includes(hostname.toLowerCase()) && isIP(host) !== 0 && isInside(host))
    throw sourcesError("url-inside", { host: hostname });
}

/**
 * Looks a name up once, for one connection: what was allowed is what is connected to. A name that leads to an address inside fails
 * with `sources.url-inside` unless it is allowed.
 */
export function guardedLookup(allowed: readonly string[]): LookupFunction {
  return (name, wanted, answer) => {
    const free = allowed.includes(name.toLowerCase());
    lookup(name, { ...wanted, all: true }, (error, found) => {
      const addresses: readonly LookupAddress[] = error ? [] : found;
      const leadsInside = !free && addresses.some(({ address }) => isInside(address));
      if (error) answer(error, "", 0);
      else if (leadsInside) answer(sourcesError("url-inside", { host: name }), "", 0);
      else if (wanted.all === true) answer(null, [...addresses]);
      else answer(null, addresses[0]?.address ?? "", addresses[0]?.family ?? 4);
    });
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no host of that name",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection broke",
  ETIMEDOUT: "it could not be reached in time",
};

/** Why a place could not be reached, in words, from the code of the system's error. */
export function reasonOf(code: string | undefined): string {
  return reasons[code ?? ""] ?? `it could not be reached${code === undefined ? "" : ` (${code})`}`;
}

const inside = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  inside.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(network, bits, "ipv6");

/** Whether an address is of this machine, of a private or shared network, or of no single host (RFC 1918, 4193, 6598, 6890). */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(address);
  if (mapped?.[1] !== undefined) return isInside(mapped[1]);
  if (mapped?.[2] !== undefined && mapped[3] !== undefined) {
    const [high, low] = [parseInt(mapped[2], 16), parseInt(mapped[3], 16)];
    return isInside([high >> 8, high & 255, low >> 8, low & 255].join("."));
  }
  const family = isIP(address);
  return family === 0 || inside.check(address, family === 6 ? "ipv6" : "ipv4");
}
