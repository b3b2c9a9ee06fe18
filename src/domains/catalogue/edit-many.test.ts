import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeXlsx } from "hucre";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import type { Job } from "../../store/index.ts";
import { applyEdit, downloadRegister, getEdit, readEdit, type PlannedEdit } from "./edit-many.ts";
import { describeEntry, getEntry } from "./entries.ts";
import { pageHistory } from "./history.ts";

let hub: TestHouse;
let steward: Session;
let analyst: Session;
let stranger: Session;
let council: string;
let visits: string;
let loans: string;
let theirs: string;
let sheets = 0;

const described = { owner: "Olive Owner", reviewDate: "2027-12-01", description: "=Who came, “and when”.\nBy day." };

beforeAll(async () => {
  hub = await openTestHouse();
  council = await hub.organisation("Testford Council");
  const other = await hub.organisation("Vale Health");
  steward = await hub.person({ name: "Stan Steward", organisation: council, roles: ["steward"], purpose: "stewardship" });
  analyst = await hub.person({ name: "Ann Analyst", organisation: council, roles: ["analyst"], purpose: "planning" });
  stranger = await hub.person({ name: "Sid Stranger", organisation: other, roles: ["steward"], purpose: "stewardship" });
  visits = await hub.load({ name: "Visits", organisation: council, csv: "kind,visits\nLarge,1\nSmall,2\n" });
  loans = await hub.load({ name: "Loans", organisation: council, csv: "kind,loans\nLarge,1\nSmall,2\n" });
  theirs = await hub.load({ name: "Theirs", organisation: other, csv: "kind,loans\nLarge,1\nSmall,2\n" });
  await describeEntry(steward, visits, described, hub.house);
});
afterAll(() => hub.close());

async function send(content: string | Uint8Array, name = "register.csv"): Promise<Job> {
  sheets += 1;
  const path = join(hub.folder, `sheet-${sheets}`);
  await writeFile(path, content);
  const job = await readEdit(steward, { name, path, keep: true }, council, hub.house);
  return hub.house.jobs.wait(job.id);
}
const planOf = (job: Job) => job.result as PlannedEdit;

test("what was downloaded and sent back as it is changes nothing", async () => {
  const plan = planOf(await send(await downloadRegister(steward, council)));
  expect(plan).toMatchObject({ rows: 2, changes: [], problems: [], aside: [] });
});

test("each changed cell is shown before any is saved, and then all are, with the file in the history", async () => {
  const csv = (await downloadRegister(steward, council))
    .replace("Olive Owner", "Head of libraries")
    .replace("2027-12-01", "31/03/2028");
  const job = await send(csv);
  expect(planOf(job).changes).toEqual([
    { dataset: visits, title: "Visits", field: "owner", before: "Olive Owner", after: "Head of libraries" },
    { dataset: visits, title: "Visits", field: "reviewDate", before: "2027-12-01", after: "2028-03-31" },
  ]);
  expect((await getEntry(steward, visits, hub.house)).entry.owner).toBe("Olive Owner");
  expect(await applyEdit(steward, job.id, hub.house)).toEqual({ cells: 2, datasets: 1 });
  const { entry } = await getEntry(steward, visits, hub.house);
  expect([entry.owner, entry.reviewDate, entry.description]).toEqual(["Head of libraries", "2028-03-31", described.description]);
  expect((await pageHistory(steward, visits, 1)).rows.map(({ reason }) => reason)).toContain("By spreadsheet: register.csv");
  // a second time its cells are not what they were
  await expect(applyEdit(steward, job.id, hub.house)).rejects.toMatchObject({ code: "catalogue.edited-meanwhile" });
});

test("a workbook of some columns leaves the others, an empty cell takes away, and columns of nothing are named", async () => {
  const rows = [
    ["Note", "Id", "Retention", "purpose", "Colour"],
    ["x", visits, "6 years", "To plan.", ""],
    ["y", loans, "", "", ""],
  ];
  const job = await send(await writeXlsx({ sheets: [{ name: "Register", rows }] }), "register.xlsx");
  const plan = planOf(job);
  expect(plan.changes.map(({ dataset, field, after }) => [dataset, field, after])).toEqual([
    [visits, "purpose", "To plan."],
    [visits, "retention", "6 years"],
  ]);
  expect(plan.aside).toEqual(["Note", "Colour"]);
  await applyEdit(steward, job.id, hub.house);
  const emptied = await send(`Id,Retention\n${visits},\n`);
  expect(planOf(emptied).changes).toEqual([
    { dataset: visits, title: "Visits", field: "retention", before: "6 years", after: "" },
  ]);
});

test("while anything is wrong nothing is saved, and each thing is named by its row", async () => {
  const job = await send(
    [
      "Id,Title,Openness,Review by",
      `${visits},Visits 2,public,2027-01-01`,
      `${loans},,open,soon`,
      `${visits},Visits 3,open,`,
      `${theirs},Ours now,open,`,
      ",No id,open,",
      "",
    ].join("\n"),
  );
  const { problems } = planOf(job);
  expect(problems).toEqual([
    { row: 1, text: "“Visits”: “public” is none of: undecided, open, shared, closed." },
    { row: 2, text: "“Loans”: Give it a title." },
    { row: 2, text: "“Loans”: “soon” is no date. Write it as 2027-03-31 or 31/03/2027." },
    { row: 3, text: "“Visits” stands in an earlier row already." },
    { row: 4, text: `There is no dataset “${theirs}” of yours.` },
    { row: 5, text: "It has no Id." },
  ]);
  await expect(applyEdit(steward, job.id, hub.house)).rejects.toMatchObject({ code: "catalogue.edit-not-ready" });
  expect((await getEntry(steward, visits, hub.house)).entry.title).toBe("Visits");
});

test("what somebody else changed in between is not written over, in any row", async () => {
  const job = await send(`Id,Purpose\n${loans},To lend.\n${visits},To count.\n`);
  await describeEntry(steward, visits, { purpose: "To do something else." }, hub.house);
  await expect(applyEdit(steward, job.id, hub.house)).rejects.toMatchObject({
    code: "catalogue.edited-meanwhile",
    message: expect.stringContaining("Purpose of “Visits”"),
  });
  expect((await getEntry(steward, loans, hub.house)).entry.purpose).toBe("");
});

test("a file that is no register is refused in words, and nothing of it is left", async () => {
  const job = await send("name,age\nA,1\n", "people.csv");
  expect([job.state, job.error?.code]).toEqual(["failed", "catalogue.not-the-register"]);
  await expect(readEdit(steward, undefined, council, hub.house)).rejects.toMatchObject({ code: "catalogue.no-sheet" });
});

test("an edit is its sender's, and its organisation's: for others it is not there", async () => {
  const job = await send(`Id,Purpose\n${loans},To lend.\n`);
  const hidden = { kind: expect.stringMatching(/^(missing|refused)$/) };
  for (const session of [stranger, analyst]) {
    await expect(getEdit(session, job.id, hub.house)).rejects.toMatchObject(hidden);
    await expect(applyEdit(session, job.id, hub.house)).rejects.toMatchObject(hidden);
    await expect(downloadRegister(session, council)).rejects.toMatchObject(hidden);
  }
});
