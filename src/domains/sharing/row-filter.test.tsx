/** An agreement that lends some rows lends no others, for any use; and what is signed says which. */
import { renderToString } from "preact-render-to-string";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { action, type PageRequest, type Session } from "../../access/index.ts";
import { sql } from "../../sql/index.ts";
import { pageAskable } from "../insight/datasets.ts";
import { getAgreement, proposeAgreement, setItem, signAgreement } from "./agreements.ts";
import { compileRules } from "./compile-rules.ts";
import { sharingPages } from "./pages/pages.tsx";
import { hashTerms } from "./state.ts";

const reading = action("test.read", "Read in a test", { persons: "signed-in" });
const csv = `tier,tenure,visits,seen
${Array.from({ length: 40 }, (_, at) => `${at % 2 === 0 ? "Tier one" : "Tier two"},${at < 20 ? "Rent" : "Own"},${at},${at < 30 ? "2026-01-05" : ""}`).join("\n")}
`;

let hub: TestHouse;
let dataset: string;
let lender: Session;
let borrower: Session;
let linker: Session;
let other: Session;
let number: (name: string) => Promise<number>;
beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Exampleton Council");
  const health = await hub.organisation("Exampleton Health");
  dataset = await hub.load({ name: "Visits", organisation: council, csv });
  await hub.withoutPeople(dataset);
  const signs = { roles: ["governance", "signatory"] as const, purpose: "governance" as const };
  lender = await hub.person({ name: "Lena Lender", organisation: council, ...signs });
  other = await hub.person({ name: "Otto Other", organisation: health, ...signs });
  borrower = await hub.person({ name: "Bea Borrower", organisation: health, roles: ["analyst"], purpose: "planning" });
  linker = await hub.person({ name: "Lin Linker", organisation: health, roles: ["steward", "analyst"], purpose: "planning" });
  number = (name) => hub.column(dataset, name);
}, 60_000);
afterAll(() => hub.close());

async function draft(): Promise<string> {
  const iso = (days: number) => new Date(hub.house.clock() + days * 86_400_000).toISOString().slice(0, 10);
  return proposeAgreement(
    lender,
    {
      title: "First tier only",
      objective: "Planning",
      lawfulBasis: "Public task",
      dpia: "D-1",
      telling: "Website",
      startsOn: iso(-1),
      endsOn: iso(100),
      minCell: 5,
      partner: other.organisation ?? "",
    },
    hub.house,
  );
}

async function sign(id: string): Promise<void> {
  for (const session of [lender, other])
    await signAgreement(session, id, (await getAgreement(session, id, hub.house)).termsHash, hub.house);
}

const rowsUnder = async (session: Session, agreement: string, use: "aggregate" | "link") =>
  session.perform(reading, null, async (scope) => {
    const { relation } = await scope.relation({ dataset, action: use, under: { agreement }, columns: "covered" });
    return (await scope.query(sql`SELECT * FROM ${relation} ORDER BY record_no`)).rows.map((row) => row.map(String));
  });

describe("rows outside", () => {
  let id: string;
  beforeAll(async () => {
    id = await draft();
    const visits = [{ number: await number("visits"), mask: "clear" as const }];
    const rows = [
      { number: await number("tier"), values: [" Tier one "] },
      { number: await number("tenure"), values: ["Rent", "Shared"] },
      { number: await number("seen"), values: ["2026-01-05"] },
    ];
    for (const use of ["planning", "matching"] as const) await setItem(lender, id, { dataset, use, columns: visits, rows });
    await sign(id);
  });

  test.each(["aggregate", "link"] as const)("are absent from what is read to %s", async (use) => {
    const rows = await rowsUnder(linker, id, use);
    expect(rows.map(([, visits]) => Number(visits))).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  test("give no values away where a question is made", async () => {
    const lent = (await pageAskable(borrower, 1, hub.house)).rows.find(({ under }) => under !== "own" && under.id === id);
    expect(lent?.columns.flatMap(({ values }) => values)).toEqual([]);
  });

  test("stay out when a column is typed anew and no longer has such values", async () => {
    const steward = await hub.person({
      name: "Stan Steward",
      organisation: lender.organisation ?? "",
      roles: ["steward"],
      purpose: "stewardship",
    });
    await hub.decide(steward, dataset, "tier", "number");
    expect(await rowsUnder(linker, id, "link")).toEqual([]);
    await hub.decide(steward, dataset, "tier", "category");
    expect((await rowsUnder(linker, id, "link")).length).toBe(10);
  });
});

test("conditions are part of what is signed, and terms without any keep the hash they had", async () => {
  const id = await draft();
  const columns = [{ number: 3, mask: "clear" as const }];
  await setItem(lender, id, { dataset, use: "planning", columns });
  const { agreement } = await getAgreement(lender, id, hub.house);
  const before = hashTerms(agreement.terms);
  expect(hashTerms({ ...agreement.terms, items: agreement.terms.items.map((item) => ({ ...item, rows: [] })) })).toBe(before);
  await setItem(lender, id, { dataset, use: "planning", columns, rows: [{ number: 1, values: ["Tier one"] }] });
  expect((await getAgreement(lender, id, hub.house)).termsHash).not.toBe(before);
  const [rule] = compileRules((await getAgreement(lender, id, hub.house)).agreement, dataset);
  expect(rule?.when).toMatchObject({
    op: "and",
    args: [{ op: "in" }, { op: "in", a: { of: "row", name: "c1" }, set: ["Tier one"] }],
  });
});

test.each([
  ["a column that is not there", [{ number: 99, values: ["x"] }], "sharing.no-such-column", "r1"],
  ["no column", [{ number: 0, values: ["x"] }], "sharing.no-such-column", "r1"],
  ["no value", [{ number: 1, values: [" ", ""] }], "sharing.no-value", "v1"],
  ["text where a number belongs", [{ number: 3, values: ["12", "many"] }], "sharing.no-such-value", "v1"],
  ["half a number", [{ number: 3, values: ["1.5"] }], "sharing.no-such-value", "v1"],
  [
    "no day",
    [
      { number: 1, values: ["a"] },
      { number: 4, values: ["2026-02-30"] },
    ],
    "sharing.no-such-value",
    "v2",
  ],
  ["51 values", [{ number: 1, values: Array.from({ length: 51 }, (_, at) => `w${at}`) }], "sharing.too-many-values", "v1"],
])("a condition with %s is refused at its field", async (_, rows, code, field) => {
  const id = await draft();
  const columns = [{ number: 3, mask: "clear" as const }];
  const refused = setItem(lender, id, { dataset, use: "planning", columns, rows });
  await expect(refused).rejects.toMatchObject({ code, fields: { [field]: expect.any(String) as string } });
});

test("the form takes conditions, keeps what was written when it is refused, and the agreement says them in words", async () => {
  const id = await draft();
  const page = async (method: "GET" | "POST", path: string, given: Partial<PageRequest>) => {
    const found = sharingPages.find((candidate) => candidate.path === path && candidate.method === method);
    const request = { session: lender, house: hub.house, params: { id }, query: {}, form: {}, csrf: "t", ...given };
    const reply = await found?.handle(request as unknown as PageRequest);
    return reply?.kind === "page" ? renderToString(<>{reply.content.body}</>) : JSON.stringify(reply);
  };
  const lend = "/agreements/:id/lend";
  const form = { dataset, use: "planning", c3: "clear", r1: "1", v1: "Tier one | <b>", r2: "3", v2: "many" };
  expect(await page("POST", lend, { form: { dataset, use: "planning" } })).toContain("Which columns?");
  const refused = await page("POST", lend, { form });
  expect(refused).toContain("Write whole numbers.");
  expect(refused).toContain('value="Tier one | &lt;b>"');
  expect(await page("POST", lend, { form: { ...form, v2: "12|13" } })).toContain("What is lent was saved.");
  expect(await page("GET", lend, { query: { dataset, use: "planning" } })).toContain('value="12 | 13"');
  expect(await page("GET", "/agreements/:id", {})).toContain("Only where tier is &lt;b> or Tier one, and visits is 12 or 13");
  expect(await page("POST", lend, { form: { dataset, use: "planning", remove: "yes" } })).toContain("no longer lent");
});

test("the terms of a draft can be changed until somebody has signed", async () => {
  const id = await draft();
  const terms = sharingPages.find(({ path, method }) => path === "/agreements/:id/terms" && method === "POST");
  const post = async (form: Record<string, string>) =>
    terms?.handle({ session: lender, house: hub.house, params: { id }, form, csrf: "t" } as unknown as PageRequest);
  const { terms: held } = (await getAgreement(lender, id, hub.house)).agreement;
  const form = { title: "All of it", objective: "More", startsOn: held.startsOn, endsOn: held.endsOn, minCell: "3" };
  expect(await post(form)).toMatchObject({ kind: "redirect", to: `/agreements/${id}` });
  expect((await getAgreement(lender, id, hub.house)).agreement.terms).toMatchObject({
    title: "All of it",
    lawfulBasis: "",
    minCell: 5,
  });
  expect(await post({ ...form, endsOn: held.startsOn })).toMatchObject({ kind: "page", status: 400 });
  await post({ ...form, lawfulBasis: "Public task", dpia: "D", telling: "W" });
  await setItem(lender, id, { dataset, use: "planning", columns: [{ number: 3, mask: "clear" }] });
  await signAgreement(lender, id, (await getAgreement(lender, id, hub.house)).termsHash, hub.house);
  await expect(post(form)).rejects.toMatchObject({ code: "sharing.not-draft" });
});
