import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifyReply } from "fastify";
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { z } from "zod";
import type { House, Route, Session } from "../../access/index.ts";
import { defineErrors, GuildhallError, httpStatusOf } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { apiPage } from "./api-page.tsx";

export interface ApiParts {
  readonly house: House;
  readonly resumeToken: (token: string, house: House) => Promise<Session | undefined>;
}

/** The one shape of an error. */
export const errorShape = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
    reference: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
});

const apiError = defineErrors("api", {
  "no-token": {
    kind: "unauthenticated",
    message: () => "This needs an access token, and the request has none that works.",
    remedy: "Make one on the page “Access tokens” and send it as “Authorization: Bearer gh_…”.",
  },
  "no-route": { kind: "missing", message: () => "There is no such route.", remedy: "Read /api/openapi.json." },
  unreadable: {
    kind: "invalid",
    message: (p: { problem: string }) => `The request cannot be used: ${p.problem}`,
    remedy: "Compare it with /api/openapi.json.",
  },
});

/** Registers `/api`: every route asks for a token unless it is marked public. */
export async function registerApi(root: FastifyInstance, parts: ApiParts): Promise<void> {
  await root.register(async (app) => {
    app.setValidatorCompiler(validatorCompiler);
    app.setSerializerCompiler(serializerCompiler);
    await app.register(swagger, {
      openapi: {
        openapi: "3.1.0",
        info: {
          title: "Guildhall",
          version: "1",
          description: "What a person may do in the hub, for programs that act for them.",
        },
        servers: [{ url: "/" }],
        components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
        security: [{ token: [] }],
      },
      transform: createJsonSchemaTransform({ skipList: [] }),
    });
    app.setErrorHandler((error, request, reply) =>
      sendError(error, reply, parts.house, `${request.method} ${request.routeOptions.url ?? ""}`),
    );
    for (const route of parts.house.modules.flatMap((module) => module.routes ?? [])) addRoute(app, route, parts);
    app.get("/api/openapi.json", { schema: { hide: true } }, async () => app.swagger());
    app.get("/api/docs", { schema: { hide: true } }, async (_request, reply) =>
      reply.type("text/html; charset=utf-8").send(apiPage(app.swagger())),
    );
    app.all("/api/*", { schema: { hide: true } }, async (_request, reply) =>
      sendError(apiError("no-route", {}), reply, parts.house, "none"),
    );
  });
}

function addRoute(app: FastifyInstance, route: Route, parts: ApiParts): void {
  app.route({
    method: route.method,
    url: `/api/v1${route.path}`,
    schema: {
      summary: route.summary,
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(route.public ? { security: [] } : {}),
      response: { 200: route.reply, "4xx": errorShape, 503: errorShape },
    },
    onRequest: async (request) => {
      if (route.public) return;
      const token = /^Bearer (gh_[0-9a-z]{32})$/.exec(request.headers.authorization ?? "")?.[1];
      const session = token === undefined ? undefined : await parts.resumeToken(token, parts.house);
      if (!session) throw apiError("no-token", {});
      sessions.set(request, session);
    },
    handler: async (request, reply) => {
      const session = sessions.get(request) ?? parts.house.gate.publicSession();
      reply.header("cache-control", "no-store");
      return route.handle({
        session,
        house: parts.house,
        params: request.params as Record<string, string>,
        query: request.query as Record<string, string>,
        body: request.body,
      });
    },
  });
}

const sessions = new WeakMap<object, Session>();

function sendError(error: unknown, reply: FastifyReply, house: House, route: string): FastifyReply {
  const reference = newId("err", house.clock()).slice(-8).toUpperCase();
  const known = error instanceof GuildhallError ? error : unreadable(error);
  if (known) {
    const given = /Reference ([0-9A-Z]{8})/.exec(known.message)?.[1] ?? reference;
    const fields = Object.keys(known.fields).length === 0 ? {} : { fields: known.fields };
    return reply
      .code(httpStatusOf[known.kind])
      .send({ error: { code: known.code, message: known.message, remedy: known.remedy, reference: given, ...fields } });
  }
  house.log.error("api.fault", {
    reference,
    route,
    detail: error instanceof Error ? (error.stack ?? error.message) : "something that is no error was thrown",
  });
  return reply.code(500).send({
    error: {
      code: "api.fault",
      message: "The hub could not do this because of a fault of its own.",
      remedy: "Give the reference to the person who runs this hub.",
      reference,
    },
  });
}

/** What Fastify says of a request that it could not read or that does not fit the schema. */
function unreadable(error: unknown): GuildhallError | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  const status = Number(error.statusCode);
  return status >= 400 && status < 500 ? apiError("unreadable", { problem: error.message }) : undefined;
}
