// Goes to every page, link, filter form and download that a visitor can reach, breadth first.
import { expect } from "vitest";
import type { Reply, Visitor } from "./sample-hub.ts";

/** Visits from `starts` on, at most `most` addresses; gives every reply, without what the visitor wrote into the address. */
export async function crawl(
  who: string,
  visitor: Visitor,
  starts: readonly string[],
  most: number,
  see: (path: string, text: string, reply: Reply) => void,
): Promise<number> {
  const waiting = [...starts];
  const asked = new Set<string>();
  while (waiting.length > 0 && asked.size < most) {
    const path = waiting.shift() ?? "/";
    if (asked.has(path)) continue;
    asked.add(path);
    const reply = await visitor.get(path);
    const own = withoutEcho(reply.body, path);
    see(path, `${reply.headers}\n${own}`, reply);
    expect(reply.status, `${path} for ${who}`).toBeLessThan(500);
    expect(own, `${path} for ${who}`).not.toMatch(/\bat .+\.(?:ts|js):\d+/); // no stack trace
    if (reply.location !== null) waiting.push(reply.location);
    if (reply.type.includes("html")) waiting.push(...linksIn(reply.body));
  }
  return asked.size;
}

/** A search page says what was searched for; that is the asker's own text and gives nothing away. */
function withoutEcho(body: string, path: string): string {
  const query = new URL(path, "http://hub").searchParams;
  const words = query.get("q") ?? query.get("words") ?? "";
  return words === "" ? body : body.replaceAll(words, "").replaceAll(encodeURIComponent(words), "");
}

function linksIn(html: string): readonly string[] {
  const links = [...html.matchAll(/(?:href|data-live)="([^"#]+)"/g)].map((match) => unescape(match[1] ?? ""));
  const forms = [...html.matchAll(/<form[^>]*method="get"[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].flatMap((form) =>
    submissions(form[1] ?? "/", form[2] ?? ""),
  );
  return [...links, ...forms].filter((link) => link.startsWith("/") && !link.startsWith("//") && !link.startsWith("/assets/"));
}

/** A filter form as it stands, and once with each choice of each list in it. */
function submissions(action: string, form: string): readonly string[] {
  const selects = [...form.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map((match) => ({
    name: match[1] ?? "",
    values: [...(match[2] ?? "").matchAll(/<option[^>]*value="([^"]*)"/g)].map((option) => unescape(option[1] ?? "")),
  }));
  const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
    (match) => [match[1] ?? "", unescape(match[2] ?? "")] as const,
  );
  const base: [string, string][] = [
    ...hidden.map(([name, value]): [string, string] => [name, value]),
    ...selects.map(({ name, values }): [string, string] => [name, values[0] ?? ""]),
  ];
  const choices = selects.flatMap(({ name, values }) =>
    values
      .slice(0, 40)
      .map((value) => base.map(([other, held]): [string, string] => (other === name ? [other, value] : [other, held]))),
  );
  return [base, ...choices].map((fields) => `${action}?${new URLSearchParams(fields).toString()}`);
}

function unescape(text: string): string {
  return text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}
