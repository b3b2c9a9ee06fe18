import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { proposeAgreement, setItem, signAgreement, getAgreement } from "../sharing/index.ts";
import { refreshSource } from "./add-source.ts";
import { acceptShape, markShapeSeen, shapeTasks } from "./shape.ts";

let hub: TestHouse;
let council: string;
let steward: Session;
let signatories: readonly Session[];
let visits: string;

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => Date.UTC(2026, 10, 25, 12) });
  council = await hub.organisation("Testford Council");
  const health = await hub.organisation("Vale Health");
  steward = await hub.person({ name: "Stan Steward", organisation: council, roles: ["steward"], purpose: "stewardship" });
  const signatory = (name: string, organisation: string) =>
    hub.person({ name, organisation, roles: ["governance", "signatory"], purpose: "governance" });
  signatories = [await signatory("Gina Gov", council), await signatory("Fay Gov", health)];
  visits = await hub.load({ name: "Visits", organisation: council, csv: "kind,visits,note\nLarge,1,a\nSmall,2,b\n" });
  const [gina] = signatories;
  if (!gina) throw new Error("There is nobody to propose.");
  const id = await proposeAgreement(
    gina,
    {
      title: "Opening hours",
      objective: "To plan.",
      lawfulBasis: "Public task",
      dpia: "DPIA-1",
      telling: "On the website",
      startsOn: "2026-11-25",
      endsOn: "2027-11-25",
      minCell: 10,
      partner: health,
    },
    hub.house,
  );
  const columns = [{ number: await hub.column(visits, "visits"), mask: "clear" as const }];
  await setItem(gina, id, { dataset: visits, use: "planning", columns });
  for (const session of signatories)
    await signAgreement(session, id, (await getAgreement(session, id, hub.house)).termsHash, hub.house);
});
afterAll(() => hub.close());

async function load(csv: string) {
  const path = join(hub.folder, "next.csv");
  await writeFile(path, csv);
  const { job } = await refreshSource(steward, "Visits", [{ name: "Visits.csv", path, keep: true }], hub.house);
  const ended = await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  return ended;
}

test("a column that nothing uses may go: the version is made, and its stewards are told until one has seen it", async () => {
  expect((await load("kind,visits,late\nLarge,1,no\nSmall,3,no\n")).error).toBeNull();
  const why = "The column “note” is not in it any more. The column “late” is new.";
  expect(await shapeTasks(council, hub.house)).toMatchObject([{ title: "“Visits” has changed its shape", why }]);
  await markShapeSeen(steward, "Visits", hub.house);
  expect(await shapeTasks(council, hub.house)).toEqual([]);
});

test("a column that an agreement lends may not, until somebody accepts it; that holds for the next version alone", async () => {
  const without = await load("kind,late\nLarge,no\n");
  expect(without.error).toMatchObject({
    code: "sources.would-break",
    message:
      "The file has no “visits” any more, which is used in: Agreement “Opening hours, for planning”. The version before stays.",
  });
  expect(await hub.house.lake.findVersion(visits)).toMatchObject({ number: 2, rows: 2 });
  await acceptShape(steward, "Visits", hub.house);
  expect((await load("kind,late\nLarge,no\n")).error).toBeNull();
  expect(await hub.house.lake.findVersion(visits)).toMatchObject({ number: 3, rows: 1 });
  expect((await load("kind,visits,late\nLarge,1,no\n")).error).toBeNull();
  expect((await load("kind,late\nLarge,yes\n")).error?.code).toBe("sources.would-break");
});
