import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildAssets } from "./assets.ts";

export const strictCsp = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Serves given pages and the built assets on a loopback port, under the policy that the hub will use. */
export async function servePages(pages: Readonly<Record<string, () => string>>): Promise<{ address: string; close: () => void }> {
  const asset = await buildAssets();
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/favicon.ico") return reply.writeHead(204).end(); // the browser asks for one by itself
    const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
    const found = page ? { type: "text/html; charset=utf-8", body: page() } : asset(pathname.replace(/^\/assets\//, ""));
    reply.writeHead(found ? 200 : 404, {
      "content-type": found?.type ?? "text/plain",
      "content-security-policy": strictCsp,
    });
    return reply.end(found?.body ?? "Not found");
  });
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", ready);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
