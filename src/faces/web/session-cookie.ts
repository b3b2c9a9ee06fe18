import type { FastifyReply, FastifyRequest } from "fastify";
import type { House, Session } from "../../access/index.ts";
import { newSecret } from "../../kernel/ids.ts";

const sessionCookie = "guildhall";
const visitorCookie = "guildhall-visitor";

export interface Visitor {
  readonly session: Session;
  readonly csrf: string;
  readonly cookie: string | null;
  readonly mustChangePassword: boolean;
}

export type Resume = (
  secret: string,
  house: House,
) => Promise<{ session: Session; csrf: string; mustChangePassword: boolean } | undefined>;

/** Who a request comes from: a person with a session, or a stranger, who gets a token for the few forms that strangers may post. */
export async function visitorOf(request: FastifyRequest, reply: FastifyReply, house: House, resume: Resume): Promise<Visitor> {
  const secret = request.cookies[sessionCookie];
  const signedIn = secret === undefined ? undefined : await resume(secret, house);
  if (signedIn && secret !== undefined) return { ...signedIn, cookie: secret };
  let csrf = request.cookies[visitorCookie];
  if (csrf === undefined || !/^[0-9a-z]{32}$/.test(csrf)) {
    csrf = newSecret();
    reply.setCookie(visitorCookie, csrf, cookieOptions(request));
  }
  return { session: house.gate.publicSession(), csrf, cookie: null, mustChangePassword: false };
}

export function giveCookie(request: FastifyRequest, reply: FastifyReply, secret: string | null): void {
  if (secret === null) reply.clearCookie(sessionCookie, cookieOptions(request));
  else reply.setCookie(sessionCookie, secret, cookieOptions(request));
}

/** A post is ours when it carries the page's token and, where the browser says where it comes from, comes from here. */
export function isOwnPost(request: FastifyRequest, csrf: string, given: string | undefined): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== "null" && hostOf(origin) !== request.headers.host) return false;
  return given !== undefined && given === csrf;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** No script reads the hub’s cookies, no other site sends them, and behind TLS no plain connection carries them. */
export function cookieOptions(request: FastifyRequest) {
  return { path: "/", httpOnly: true, sameSite: "lax" as const, secure: request.protocol === "https" };
}
