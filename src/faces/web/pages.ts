import { open } from "node:fs/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { House, Page, PageContent, PageReply, PageRequest } from "../../access/index.ts";
import { defineErrors } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { failureContent } from "./failure.tsx";
import { renderFrame, type FrameFacts } from "./frame.tsx";
import { discard, readForm, type PostedForm } from "./read-form.ts";
import { cookieOptions, giveCookie, isOwnPost, visitorOf, type Resume, type Visitor } from "./session-cookie.ts";

export interface WebParts {
  readonly house: House;
  readonly resume: Resume;
  readonly facts: () => Promise<FrameFacts>;
  readonly uploadBytes: number;
}

const webError = defineErrors("web", {
  "not-our-post": {
    kind: "refused",
    message: () => "This form did not come from a page that you have open here, or the page is old.",
    remedy: "Go back, load the page again, and send the form once more.",
  },
  "no-page": {
    kind: "missing",
    message: () => "There is no such page.",
    remedy: "Check the address, or start from the home page.",
  },
});

const flashCookie = "guildhall-flash";

/** Registers every page of every domain. A page that is not public is not reached without a person's session. */
export function registerPages(app: FastifyInstance, pages: readonly Page[], parts: WebParts): void {
  for (const page of pages) {
    app.route({
      method: page.method,
      url: page.path,
      handler: async (request, reply) => {
        const visitor = await visitorOf(request, reply, parts.house, parts.resume);
        if (!page.public && visitor.session.kind === "public")
          return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
        if (visitor.mustChangePassword && !["/password", "/sign-out"].includes(page.path))
          return reply.redirect("/password", 303);
        let posted: PostedForm = { form: {}, forms: {}, files: [] };
        try {
          if (page.method === "POST") {
            const isOurs = (token: string | undefined) => isOwnPost(request, visitor.csrf, token);
            if (request.isMultipart() && (!page.upload || visitor.session.kind === "public")) throw webError("not-our-post", {});
            posted = await readForm(request, { folder: parts.house.folder.landing, maxBytes: parts.uploadBytes, isOurs });
            if (!isOwnPost(request, visitor.csrf, posted.form["_csrf"])) throw webError("not-our-post", {});
          }
          const answer = await page.handle(pageRequest(request, visitor, posted, parts));
          return await send(answer, request, reply, visitor, parts);
        } catch (error) {
          return await sendFailure(error, request, reply, visitor, parts);
        } finally {
          await discard(posted.files);
        }
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const visitor = await visitorOf(request, reply, parts.house, parts.resume);
    return sendFailure(webError("no-page", {}), request, reply, visitor, parts);
  });
}

export async function sendFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  parts: WebParts,
): Promise<FastifyReply> {
  const reference = newId("err", parts.house.clock()).slice(-8).toUpperCase();
  const { status, content, unexpected } = failureContent(error, reference);
  if (unexpected) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : "something that is no error was thrown";
    parts.house.log.error("web.fault", { reference, method: request.method, route: request.routeOptions.url, detail });
  }
  return send({ kind: "page", content, status }, request, reply, visitor, parts);
}

function pageRequest(request: FastifyRequest, visitor: Visitor, posted: PostedForm, parts: WebParts): PageRequest {
  const query = Object.entries(request.query as Record<string, string | string[]>).map(([name, value]) => [
    name,
    Array.isArray(value) ? (value[0] ?? "") : value,
  ]);
  return {
    session: visitor.session,
    house: parts.house,
    params: request.params as Record<string, string>,
    query: Object.fromEntries(query) as Record<string, string>,
    ...posted,
    csrf: visitor.csrf,
    address: request.ip,
    cookie: visitor.cookie,
  };
}

async function send(
  answer: PageReply,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  parts: WebParts,
): Promise<FastifyReply> {
  reply.header("cache-control", "no-store");
  if (answer.kind === "file" || answer.kind === "stream") {
    const plain = answer.name.replaceAll(/[^\w. -]/g, "_");
    const named = reply.type(answer.type).header("content-disposition", `attachment; filename="${plain}"`);
    if (answer.kind === "file") return named.send(answer.body);
    const file = await open(answer.path); // held open, so that what is taken away meanwhile still arrives whole
    return named.header("content-length", (await file.stat()).size).send(file.createReadStream());
  }
  if (answer.kind === "redirect") {
    if (answer.cookie !== undefined) giveCookie(request, reply, answer.cookie);
    if (answer.flash !== undefined) reply.setCookie(flashCookie, answer.flash, { ...cookieOptions(request), maxAge: 60 });
    return reply.redirect(answer.to, 303);
  }
  const flash = request.cookies[flashCookie];
  if (flash !== undefined) reply.clearCookie(flashCookie, { path: "/" });
  const content: PageContent =
    flash !== undefined && answer.content.flash === undefined
      ? { ...answer.content, flash: { text: flash, tone: "good" } }
      : answer.content;
  const path = request.url.split("?")[0] ?? "/";
  const html = renderFrame(content, {
    session: visitor.session,
    csrf: visitor.csrf,
    path,
    house: parts.house,
    facts: await parts.facts(),
  });
  return reply
    .code(answer.status ?? 200)
    .type("text/html; charset=utf-8")
    .send(html);
}
