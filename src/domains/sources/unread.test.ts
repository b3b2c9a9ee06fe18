import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { addSource } from "./add-source.ts";
import { sendRecord } from "./sent.ts";
import { getSource } from "./sources.ts";
import { listUnread } from "./unread.ts";

let hub: TestHouse;
let council: string;
let dataset: string;
let source: string;

beforeAll(async () => {
  hub = await openTestHouse();
  council = await hub.organisation("Testford Council");
  const path = join(hub.folder, "people.csv");
  await writeFile(path, 'id,name\n1,Ada\n2,"Secret" Bob,x,y\n3,Cy\n4,"Dee\nDi"\n5,Secret Eve,z\n');
  const steward = await person("Stan Steward", "steward", "stewardship");
  const input = { name: "People", organisation: council, files: [{ name: "people.csv", path, keep: true }] };
  const { job } = await addSource(steward, input, hub.house);
  await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  ({
    source: { id: source, datasetId: dataset },
  } = await getSource(steward, "People", hub.house));
  await sendRecord(steward, source, { record: 5, comment: "Which of the two?" }, hub.house);
});
afterAll(() => hub.close());

const person = (
  name: string,
  role: "steward" | "analyst",
  purpose: "planning" | "stewardship" | "care",
  organisation = council,
) => hub.person({ name, organisation, roles: [role], purpose });
const list = (session: Session, page = 1, size = 10) => listUnread(session, dataset, { page, size }, hub.house);

test("an analyst is told where each record stands and why, what was sent, and nothing that it holds", async () => {
  const analyst = await person("Ann Analyst", "analyst", "planning");
  const { found } = await list(analyst);
  expect(found.rows.map(({ record, firstLine, lastLine, sent }) => [record, firstLine, lastLine, sent !== null])).toEqual([
    [2, 3, 3, false],
    [5, 7, 7, true],
  ]);
  expect(found.rows.every(({ reasons }) => reasons.join("").length > 0)).toBe(true);
  expect(JSON.stringify(found)).not.toMatch(/Secret|U2VjcmV0/); // in base 64 neither
  const second = await list(analyst, 2, 1);
  expect([second.found.total, second.found.rows.map(({ record }) => record)]).toEqual([2, [5]]);
});

test.each([
  ["for another purpose", "analyst", "care", "refused"],
  ["as a steward, who opens the quarantine itself", "steward", "stewardship", "refused"],
] as const)("it is refused %s", async (_, role, purpose, kind) => {
  await expect(list(await person(`One ${role} ${purpose}`, role, purpose))).rejects.toMatchObject({ kind });
});

test("of another organisation's dataset nothing is known", async () => {
  const other = await hub.organisation("Vale Health");
  await expect(list(await person("Vic Vale", "analyst", "planning", other))).rejects.toMatchObject({ kind: "missing" });
});
