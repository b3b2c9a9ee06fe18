const password = "wexcombe sample";

/** Signs a sample person in and gives the cookie. */
export async function signIn(address: string, email: string): Promise<string> {
  const page = await fetch(`${address}/sign-in`);
  const visitor = page.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const csrf = csrfOf(await page.text());
  const reply = await fetch(`${address}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: visitor, origin: address },
    body: new URLSearchParams({ _csrf: csrf, email, password }),
  });
  return (
    reply.headers
      .getSetCookie()
      .find((line) => line.startsWith("guildhall="))
      ?.split(";")[0] ?? ""
  );
}

/** The token that a page's forms carry. */
export function csrfOf(html: string): string {
  return /name="_csrf" value="([0-9a-z]+)"/.exec(html)?.[1] ?? "";
}

export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((left, right) => left - right);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
