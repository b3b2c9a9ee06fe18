import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { readAddress, writeAddress } from "./address.ts";
import { ask } from "./ask.ts";
import { questionShape, type Question } from "./model.ts";

let hub: TestHouse;
let analyst: Session;
let dataset: string;
let colour: number;
let size: number;
let now = Date.UTC(2026, 2, 20, 12);

const bins = (count: number, header: string, rest = "") =>
  [header, ...Array.from({ length: count }, (_, at) => `B${at},${["Green", "Grey"][at % 2] ?? ""}${rest}`)].join("\n");

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  const council = await hub.organisation("Testford Council");
  analyst = await hub.person({ name: "Ann Analyst", organisation: council, roles: ["analyst"], purpose: "planning" });
  dataset = await hub.load({ name: "Bins", organisation: council, csv: bins(40, "ref,colour") });
  await hub.withoutPeople(dataset);
  now = Date.UTC(2026, 3, 2, 12);
  await hub.refresh("Bins", bins(60, "ref,colour,size", ",Large"));
  colour = await hub.column(dataset, "colour");
  size = await hub.column(dataset, "size");
});
afterAll(() => hub.close());

const question = (more: Partial<Question>): Question => questionShape.parse({ dataset, groupBy: [colour], ...more });
const counts = async (more: Partial<Question>) => {
  const { figures, version } = await ask(analyst, question(more), hub.house);
  return [version.number, Object.fromEntries(figures.cells.map(({ keys, value }) => [keys[0], value]))];
};

test("a question is answered from the version that stood at the end of a day in London", async () => {
  expect(await counts({})).toEqual([2, { Green: 30, Grey: 30 }]);
  for (const on of ["2026-03-20", "2026-03-31", "2026-04-01"]) expect(await counts({ on })).toEqual([1, { Green: 20, Grey: 20 }]);
  expect((await counts({ on: "2026-04-02" }))[0]).toBe(2);
  const asAt = async (on: string) => (await ask(analyst, question({ on }), hub.house)).asAt;
  expect([await asAt("2026-03-31"), await asAt("2031-01-01")]).toEqual(["2026-03-31", "2026-04-02"]); // nobody's age is counted ahead
});

test("the day stands in the address of the question", () => {
  const asked = question({ on: "2026-03-31" });
  expect(readAddress(Object.fromEntries(new URLSearchParams(writeAddress(asked))))).toEqual(asked);
  expect(writeAddress(question({}))).not.toMatch(/on=/);
  expect(readAddress({ dataset, on: "" }).on).toBeUndefined();
});

test.each([
  ["2026-03-19", "insight.not-yet"],
  ["2026-02-30", "insight.no-day"],
  ["yesterday", "insight.no-day"],
])("of %s it says %s, at the field", async (on, code) => {
  await expect(counts({ on })).rejects.toMatchObject({ code, fields: { on: expect.any(String) } });
});

test("a column that was not there then is named", async () => {
  await expect(counts({ on: "2026-03-31", groupBy: [size] })).rejects.toMatchObject({
    code: "insight.not-there-then",
    message: "“Size” was not in the dataset on 31 March 2026.",
  });
  const filters: Question["filters"] = [{ column: size, op: "is", values: ["Large"] }];
  await expect(counts({ on: "2026-03-31", filters })).rejects.toMatchObject({ code: "insight.not-there-then" });
});
