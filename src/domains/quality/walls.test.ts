import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../../access/index.ts";
import { sql } from "../../sql/index.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { readEverything } from "./walls.test-support.tsx";

/*
 * Canaries in cells that fail rules, in the keys beside them, in cells that pass, and in columns that no rule is about. Of a
 * dataset about people not one leaves: not to a page, nor into the hub's records, the job's result or the record of use.
 */
const canaries = {
  forename: "Zqxforename",
  surname: "Zqxsurname",
  note: "zqx in a note",
  area: "ZQX08000",
  ref: "ZQX-771-REF",
  amount: "7719926655",
} as const;

let hub: TestHouse;
let steward: Session;
let owner: Session;
let analyst: Session;
let clients: string;

beforeAll(async () => {
  hub = await openTestHouse();
  const organisation = await hub.organisation("Exampleton Council");
  steward = await hub.person({ name: "Stew Ard", organisation, roles: ["steward"], purpose: "stewardship" });
  owner = await hub.person({ name: "Own Er", organisation, roles: ["owner"], purpose: "stewardship" });
  analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
  const { forename, surname, note, area, ref, amount } = canaries;
  const plain = Array.from(
    { length: 60 },
    (_, at) => `REF-${at},Amy,Example,E0800000${(at % 9) + 1},0161496${String(at).padStart(4, "0")},${at},none`,
  );
  const csv = ["case_ref,forename,surname,area_code,telephone,amount,note", ...plain];
  csv.push(`${ref},${forename},${surname},${area},${amount},${amount},${note}`, `${ref},Amy,Example,E08000001,,1,${note}`);
  clients = await hub.load({ name: "Clients", organisation, csv: csv.join("\n") });
  await hub.decide(steward, clients, "area_code", "geo.gss_code");
  await hub.decide(steward, clients, "case_ref", "case_ref");
}, 60_000);
afterAll(() => hub.close());

test("no value leaves a dataset about people, by any use of quality", async () => {
  const read = await readEverything({ hub, steward, owner, analyst, dataset: clients });
  expect(read.failing.length).toBeGreaterThanOrEqual(2); // rows with canaries in them were looked at
  expect(read.text).toContain("AAA99999"); // the shape of the area code that fails, where its value could have stood
  const records = readFileSync(hub.house.folder.store, "latin1") + readFileSync(`${hub.house.folder.store}-wal`, "latin1");
  const uses = JSON.stringify(hub.house.audit.search({ dataset: clients, limit: 1000 }));
  for (const canary of Object.values(canaries)) {
    expect(read.text, canary).not.toContain(canary);
    expect(uses, canary).not.toContain(canary);
    expect(records, canary).not.toContain(canary);
  }
});

test("rows are checked and looked at by stewards for the purpose of looking after data, and by no other action", async () => {
  const numbers = [await hub.column(clients, "area_code"), await hub.column(clients, "forename")];
  const open = (session: Session, action: "check" | "inspect" | "read") =>
    session.perform({ ...anyAction, name: `test.${action}` }, null, async (scope) => {
      const { relation } = await scope.relation({ dataset: clients, action, under: "own", columns: numbers });
      return (await scope.query(sql`SELECT * FROM ${relation} ORDER BY record_no DESC LIMIT 2`)).rows.at(-1);
    });
  const anyAction = { label: "Tried a door", persons: "signed-in", operator: true, public: false, across: false } as const;
  expect(await open(steward, "check")).toEqual([
    expect.anything(),
    null,
    canaries.forename.toUpperCase(),
    canaries.area,
    canaries.forename,
  ]);
  const shown = await open(steward, "inspect");
  expect(shown).toEqual([expect.anything(), null, null, "AAA99999", null]); // of a forename not even the shape
  await expect(open(steward, "read")).rejects.toMatchObject({ code: "access.refused" });
  await expect(open(analyst, "check")).rejects.toMatchObject({ code: "access.refused" });
  await expect(open(analyst, "inspect")).rejects.toMatchObject({ code: "access.refused" });
  await expect(open(hub.house.gate.operatorSession(), "check")).rejects.toMatchObject({ code: "access.missing" });
});
