/** A file of a layout that councils exchange is known for what it is: its types, its law, its faults. */
import { render } from "preact-render-to-string";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PageRequest, Session } from "../../src/access/index.ts";
import { catalogueModule, findEntry, listFields, recordAnswers } from "../../src/domains/catalogue/index.ts";
import { findSource, listSources } from "../../src/domains/sources/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let hub: TestHouse;
let organisation: string;
let steward: Session;
let children: string;

const episode = (at: number, cells: Readonly<Record<string, string>> = {}) => {
  const row = {
    CHILD: `C${100 + at}`,
    DECOM: "03/04/2024",
    RNE: "S",
    LS: "C2",
    CIN: "N1",
    PLACE: "U1",
    PLACE_PROVIDER: "PR1",
    DEC: "05/06/2024",
    REC: "X1",
    REASON_PLACE_CHANGE: "CHANGE",
    HOME_POST: "M33 7ZF",
    PL_POST: "M33 7ZG",
    URN: "SC012345",
    ...cells,
  };
  return Object.values(row).join(",");
};
const header = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";

beforeAll(async () => {
  hub = await openTestHouse();
  organisation = await hub.organisation("Exampleton Council");
  steward = await hub.person({ name: "Stew Ard", organisation, roles: ["steward"], purpose: "stewardship" });
  const rows = [
    ...Array.from({ length: 20 }, (_, at) => episode(at)),
    episode(1), // the same child and day again
    episode(30, { LS: "Q9" }),
    episode(31, { LS: "Q8" }),
    episode(32, { DECOM: "07/08/2024" }), // ends before it starts
  ];
  children = await hub.load({ name: "Episodes", organisation, csv: [header, ...rows].join("\n") });
}, 60_000);
afterAll(() => hub.close());

const notesOf = async (dataset: string) => (await hub.house.lake.findVersion(dataset))?.notes ?? [];
const typesOf = async (dataset: string) =>
  Object.fromEntries((await listFields(hub.house.store, dataset)).map(({ name, type, decidedBy }) => [name, [type, decidedBy]]));
const pageOf = async (path: string, params: Record<string, string>, session = steward) => {
  const found = catalogueModule.pages?.find((page) => page.method === "GET" && page.path === path);
  const reply = await found?.handle({
    session,
    house: hub.house,
    params,
    query: {},
    form: {},
    csrf: "t",
  } as unknown as PageRequest);
  if (reply?.kind !== "page") throw new Error("There is no such page.");
  return render(reply.content.body as never)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
};

describe("a file of a kit", () => {
  test("has the kit's types where its values bear them out, and a source that remembers kit and edition", async () => {
    const types = await typesOf(children);
    expect(types).toMatchObject({
      CHILD: ["case_ref", "kit"],
      DECOM: ["time.date", "kit"],
      CIN: ["protected.safeguarding", "kit"],
      HOME_POST: ["postcode", "kit"],
    });
    const source = await findSource(hub.house.store, "Episodes", organisation);
    expect(source?.kit).toMatchObject({ name: "ssda903", edition: "2026/27", layout: "episodes", sure: true });
    expect((await notesOf(children)).join(" ")).toContain("It is “Children looked after (SSDA903)” (ssda903, episodes)");
  });

  test("is checked: rows that share a key, codes in no list, dates in the wrong order, each as a count", async () => {
    const checks = (await findSource(hub.house.store, "Episodes", organisation))?.kit?.checks ?? [];
    expect(checks.filter(({ count }) => count > 0)).toEqual([
      { count: 2, text: "rows share a key with another row (CHILD, DECOM)" },
      { count: 2, text: "values of LS are not in the kit's list" },
      { count: 1, text: "rows have a DECOM after their DEC" },
    ]);
    expect(JSON.stringify(checks)).not.toMatch(/Q9|C101/);
  });

  test("says on its page what it is, under which law, for how long, and for what", async () => {
    const text = await pageOf("/datasets/:id", { id: children });
    expect(text).toContain("It is “Children looked after (SSDA903)” (ssda903, episodes), edition 2026/27.");
    expect(text).toContain("Law, as a reminder Children Act 1989, section 83");
    expect(text).toContain("Retention class to be decided");
    expect(text).toContain("What it feeds link project of children's records");
    expect(text).toContain("2 rows share a key with another row (CHILD, DECOM)");
    const number = await hub.column(children, "CIN");
    expect(await pageOf("/datasets/:id/columns/:number", { id: children, number: String(number) })).toContain(
      "as the layout says that the table was recognised as",
    );
  });

  test("answers the interface for programs with who decided", async () => {
    const route = catalogueModule.routes?.find(({ path }) => path === "/datasets/:id");
    const params = { id: children };
    const reply = await route?.handle({ session: steward, house: hub.house, params, query: {}, body: undefined });
    expect(route?.reply.safeParse(reply).error).toBeUndefined();
    expect(JSON.stringify(reply)).toContain('"decidedBy":"kit"');
  });

  test("counts of a few people are rounded for those who do not look after it", async () => {
    const analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
    const text = await pageOf("/datasets/:id", { id: children }, analyst);
    expect(text).toContain("rows share a key with another row");
    expect(text).not.toContain("2 rows share a key");
  });

  test("is described by its kit when it comes first", async () => {
    expect((await findEntry(hub.house.store, children))?.description).toContain("The yearly return on children looked after");
  });

  test("a steward's decision stays, and a newer file with other columns is told apart from the kit", async () => {
    await hub.decide(steward, children, "PLACE", "text");
    await hub.house.store.transaction((records) =>
      recordAnswers(records, children, { description: "Ours" }, { by: null, at: 0 }),
    );
    const less = [header.replace(",URN", ",Our own"), ...Array.from({ length: 20 }, (_, at) => episode(at))].join("\n");
    await hub.refresh("Episodes", less);
    expect((await findEntry(hub.house.store, children))?.description).toBe("Ours");
    expect((await typesOf(children))["PLACE"]).toEqual(["text", "steward"]);
    const notes = (await notesOf(children)).join(" ");
    expect(notes).toContain("but 1 of 13 columns are missing: URN.");
    expect(notes).toContain("The kit does not know: Our own.");
    expect((await findSource(hub.house.store, "Episodes", organisation))?.kit).toMatchObject({ name: "ssda903", sure: false });
  });
});

test("values that speak against the kit are believed, and it is said", async () => {
  const csv = [
    "CHILD,SEX,DOB,DUC",
    ...Array.from({ length: 12 }, (_, at) => `C${at},1,0${(at % 9) + 1}/02/2010,blue ${at}`),
  ].join("\n");
  const dataset = await hub.load({ name: "Uasc", organisation, csv });
  const types = await typesOf(dataset);
  expect(types["DOB"]).toEqual(["person.date_of_birth", "kit"]);
  expect(types["DUC"]?.[1]).toBe("detected");
  expect((await notesOf(dataset)).join(" ")).toContain(
    "“DUC” does not hold what the kit says: too few of its values are valid as Date.",
  );
});

test("XML is known by the last parts of its paths, and each list in it by itself", async () => {
  const details =
    "<CINdetails><CINreferralDate>2024-01-01</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2023-01-01</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure><ReferralNFA>0</ReferralNFA></CINdetails>";
  const child = (at: number) =>
    `<Child><ChildIdentifiers><LAchildID>L${at}</LAchildID><UPN>H801200001001</UPN><PersonBirthDate>2012-03-0${at}</PersonBirthDate><Sex>${["M", "F", "U"][at % 3]}</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>${details}${details}</Child>`;
  const xml = `<?xml version="1.0"?><Message><Children>${[1, 2, 3, 4, 5, 6].map(child).join("")}</Children></Message>`;
  const children = await hub.load({ name: "Census", organisation, csv: xml });
  const census = await findSource(hub.house.store, "Census", organisation);
  expect(census?.kit).toMatchObject({ name: "cin", layout: "child", sure: true });
  expect(await typesOf(children)).toMatchObject({
    "ChildIdentifiers.LAchildID": ["case_ref", "kit"],
    "ChildIdentifiers.Sex": ["person.sex", "kit"], // U is in the kit's list
  });
  const inner = (await listSources(hub.house.gate.operatorSession(), hub.house)).find(({ source }) =>
    source.name.startsWith("Census –"),
  );
  expect(inner?.source.kit).toMatchObject({ name: "cin", layout: "cindetails" });
  expect(inner?.source.kit?.checks).toContainEqual({ count: 12, text: "rows have a CINreferralDate after their CINclosureDate" });
});

test("a file of no kit is left as it is", async () => {
  const dataset = await hub.load({ name: "Bins", organisation, csv: "route,day\nA,Mon\nB,Tue\n" });
  expect((await findSource(hub.house.store, "Bins", organisation))?.kit).toBeNull();
  expect(await pageOf("/datasets/:id", { id: dataset })).not.toContain("The layout it has");
});
