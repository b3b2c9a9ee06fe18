import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import statics from "@fastify/static";
import Fastify, { type FastifyInstance } from "fastify";
import { registerApi, type ApiParts } from "../http/api.ts";
import { sharedPages } from "./home.tsx";
import { registerPages, sendFailure, type WebParts } from "./pages.ts";
import { visitorOf } from "./session-cookie.ts";
import { turnstile } from "./turnstile.ts";

export interface ServerParts extends WebParts {
  readonly assets: string;
  readonly ready: () => Promise<boolean>;
  readonly resumeToken: ApiParts["resumeToken"];
}

const health: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

/** The hub's one web server: pages, the API, assets and the two health checks. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: 1_000_000,
    routerOptions: { maxParamLength: 200 },
    trustProxy: "loopback",
    connectionTimeout: 120_000,
    forceCloseConnections: true,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: false,
  });
  // what is told to one person is kept by nobody on the way; the assets say otherwise for themselves
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 1_000_000 });
  await app.register(multipart);
  await app.register(statics, { root: parts.assets, prefix: "/assets/", maxAge: "1h", cacheControl: true, index: false });
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) =>
    (await parts.ready()) ? { status: "ready" } : reply.code(503).send({ status: "starting" }),
  );
  const enter = turnstile();
  app.addHook("onRequest", async (request) => {
    if (!health.has(request.routeOptions.url ?? "")) await enter();
  });
  app.setErrorHandler(async (error, request, reply) => {
    const visitor = await visitorOf(request, reply, parts.house, parts.resume);
    return sendFailure(error, request, reply, visitor, parts);
  });
  await registerApi(app, { house: parts.house, resumeToken: parts.resumeToken });
  const pages = parts.house.modules.flatMap((module) => module.pages ?? []);
  registerPages(app, [...sharedPages(parts.facts), ...pages], parts);
  return app;
}
