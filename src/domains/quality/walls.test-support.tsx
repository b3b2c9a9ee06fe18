import { renderToString } from "preact-render-to-string";
import type { PageReply, Session } from "../../access/index.ts";
import type { TestHouse } from "../../../test/support/house.ts";
import { asQuality } from "./http.ts";
import {
  decideSuggestions,
  getQuality,
  listFailing,
  qualityModule,
  raiseIssue,
  requestCheck,
  type FailingRows,
} from "./index.ts";

/** Uses everything that quality offers on one dataset, as each person, and gives all that came back as text. */
export async function readEverything(of: {
  readonly hub: TestHouse;
  readonly steward: Session;
  readonly owner: Session;
  readonly analyst: Session;
  readonly dataset: string;
}): Promise<{ readonly text: string; readonly failing: readonly FailingRows["rows"][number][] }> {
  const { steward, owner, analyst, dataset } = of;
  const { house } = of.hub;
  const parts: string[] = [];
  const check = async () => {
    const job = await requestCheck(steward, dataset, house);
    parts.push(JSON.stringify(await house.jobs.wait(job.id)));
  };
  await check();
  const { suggested } = await getQuality(steward, dataset, house);
  const rules = suggested.map(({ rule }) => rule.id);
  await decideSuggestions(steward, dataset, { rules, verdict: "accept", reason: "" }, house);
  await check();
  const { accepted } = await getQuality(steward, dataset, house);
  const issues: string[] = [];
  for (const { rule, outcome } of accepted)
    if (outcome === "fail" || outcome === "warn") issues.push((await raiseIssue(steward, dataset, rule.id, "", house)).id);
  const failing: FailingRows["rows"][number][] = [];
  for (const { rule } of accepted)
    if (!["fresh", "rows"].includes(rule.test.kind)) failing.push(...(await listFailing(steward, dataset, rule.id, house)).rows);
  for (const session of [steward, owner, analyst]) {
    parts.push(JSON.stringify(asQuality(await getQuality(session, dataset, house))));
    for (const { method, path, handle } of qualityModule.pages ?? []) {
      if (method !== "GET") continue;
      const wanted = path.includes(":rule")
        ? accepted.map(({ rule }) => rule.id)
        : path.startsWith("/issues/")
          ? issues
          : [dataset];
      for (const id of wanted) {
        const params = { id: path.startsWith("/issues/") ? id : dataset, rule: id };
        const request = {
          session,
          house,
          params,
          query: {},
          form: {},
          forms: {},
          files: [],
          csrf: "t",
          address: "",
          cookie: null,
        };
        parts.push(await handle(request).then(textOf, String));
      }
    }
  }
  return { text: parts.join("\n"), failing };
}

function textOf(reply: PageReply): string {
  return reply.kind === "page" ? `${reply.content.title} ${reply.content.lede} ${renderToString(<>{reply.content.body}</>)}` : "";
}
