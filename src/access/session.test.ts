import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openWallsHouse, type WallsHouse } from "../../test/support/walls-house.ts";
import { sql } from "../sql/index.ts";
import { action } from "./action.ts";
import { Gate } from "./gate.ts";
import { always, row, type Pred } from "./pred.ts";
import type { Purpose } from "./roles.ts";
import type { DatasetFacts, Rule } from "./rule.ts";
import type { RelationRequest, Scope } from "./scope.ts";
import type { PersonFacts, Session } from "./session.ts";

const look = action("test.look", "Looked", { persons: ["practitioner", "analyst", "steward"], operator: true });
const stewardsOnly = action("test.mend", "Mended", { persons: ["steward"] });
const open = action("test.open", "Opened", { persons: "signed-in", public: true });

let walls: WallsHouse;
let dataset: string;
let gate: Gate;
let log: DatabaseSync;
let rules: readonly Rule[] = [];
let facts: DatasetFacts;
let live = true;
let need: { kind: string; id: string } | undefined = { kind: "case", id: "case_1" };

beforeAll(async () => {
  walls = await openWallsHouse();
  const council = await walls.organisation("Council");
  const csv = "name,ward,note\nAnn,W01,secret one\nBob,W02,secret two\nCat,,secret three\n";
  const bad = "Dee,W01,broken,secret four\n";
  const { source, job } = await walls.add(council, "people.csv", csv + bad);
  if (job.state !== "done") throw new Error(`The load ended as ${job.state}.`);
  dataset = source.datasetId;
  facts = {
    id: dataset,
    name: "People",
    organisation: "council",
    describesPeople: true,
    columns: ["name", "ward", "note"].map((name, at) => ({
      number: at + 1,
      name,
      type: "text",
      class: "personal",
      mask: "clear",
    })),
  };
  const { store, audit, lake, engine, clock } = walls.house;
  gate = new Gate({
    store,
    audit,
    lake,
    engine,
    clock,
    pseudonymSecret: "secret",
    facts: {
      describeDataset: async (id) => (id === dataset ? facts : undefined),
      rulesFor: async () => rules,
      isLive: async () => live,
      findNeed: async () => need,
    },
  });
  log = new DatabaseSync(walls.house.folder.audit);
});
afterAll(async () => {
  log.close();
  await walls.close();
});
afterEach(() => {
  log.exec("DROP TRIGGER IF EXISTS full");
  live = true;
  need = { kind: "case", id: "case_1" };
});

const person = (overrides: Partial<PersonFacts> = {}): PersonFacts => ({
  id: "per_1",
  name: "Pat",
  active: true,
  organisation: "health",
  organisationName: "Health",
  roles: ["practitioner"],
  ...overrides,
});
const as = (purpose: Purpose | null = "care", overrides: Partial<PersonFacts> = {}): Session =>
  gate.personSession(person(overrides), purpose);
const permit = (overrides: Partial<Rule> = {}): Rule => ({
  id: "permit",
  effect: "permit",
  roles: ["practitioner"],
  purposes: ["care"],
  actions: ["read", "search", "aggregate", "quarantine", "link"],
  dataset,
  agreement: "agr",
  when: always,
  columns: [1, 2].map((number) => ({ number, mask: "clear" })),
  minCell: null,
  rowLimit: null,
  ...overrides,
});
const read = (overrides: Partial<RelationRequest> = {}): RelationRequest => ({
  dataset,
  action: "read",
  under: { agreement: "agr" },
  columns: "covered",
  subjects: ["ent_1"],
  records: [1, 2, 3],
  ...overrides,
});
const inWard = (ward: string): Pred => ({ op: "eq", a: row("c2"), b: ward });
const target = { kind: "person", id: "ent_1", organisation: null };

interface Entry {
  readonly outcome: string;
  readonly reason: string | null;
  readonly reference: string;
  readonly session: string;
  readonly person: string | null;
  readonly agreement: string | null;
  readonly subjects: readonly string[];
  readonly evidence: unknown;
  readonly data: readonly { readonly rows: number; readonly columns: readonly string[]; readonly owner: string }[];
}

/** The entries that `work` brings, as another reader of the log's file sees them at the moment it is over. */
async function entriesOf(work: () => Promise<unknown>): Promise<{ entries: readonly Entry[]; result: unknown; error: unknown }> {
  const before = log.prepare("SELECT coalesce(max(sequence), 0) AS last FROM entry").get()?.["last"] as number;
  let result: unknown;
  let error: unknown;
  try {
    result = await work();
  } catch (thrown) {
    error = thrown;
  }
  const rows = log.prepare("SELECT body FROM entry WHERE sequence > ? ORDER BY sequence").all(before);
  return { entries: rows.map(({ body }) => JSON.parse(String(body)) as Entry), result, error };
}

const rowsOf = async (scope: Scope, request: RelationRequest): Promise<readonly (readonly unknown[])[]> => {
  const { relation } = await scope.relation(request);
  return (await scope.query(sql`SELECT * FROM ${relation} ORDER BY record_no`)).rows;
};
const fill = () => log.exec("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

describe("refusals", () => {
  test.each<[string, () => Session, typeof look, string | null, string]>([
    ["another role", () => as(), stewardsOnly, "refused", "role"],
    ["an account that is closed", () => as("care", { active: false }), look, "refused", "account"],
    ["another organisation's thing", () => as(), look, "missing", "organisation"],
    ["the operator, where it may not", () => gate.operatorSession(), stewardsOnly, "refused", "session"],
    [
      "a service acting for a person who left",
      () => gate.serviceSession(person({ active: false }), "care"),
      look,
      "refused",
      "account",
    ],
  ])("%s: recorded once, with the reason and the caller's reference", async (_who, session, wanted, outcome, reason) => {
    const where = reason === "organisation" ? { ...target, organisation: "council" } : target;
    let worked = false;
    const { entries, error } = await entriesOf(() => session().perform(wanted, where, async () => (worked = true)));
    expect(worked).toBe(false);
    expect(entries).toMatchObject([{ outcome, reason, data: [], subjects: [] }]);
    expect(error).toMatchObject({ code: `access.${outcome}` });
    expect(String(error)).toContain(`Reference ${entries[0]?.reference}.`);
  });

  test("the public is asked to sign in, and leaves no line", async () => {
    const { entries, error } = await entriesOf(() => gate.publicSession().perform(look, null, async () => "data"));
    expect(error).toMatchObject({ code: "access.sign-in" });
    expect(entries).toEqual([]);
  });

  test("the public does what is public, and reaches no rows", async () => {
    rules = [permit()];
    expect(await gate.publicSession().perform(open, null, async () => "page")).toBe("page");
    await expect(gate.publicSession().perform(open, null, (scope) => rowsOf(scope, read()))).rejects.toMatchObject({
      code: "access.missing",
    });
  });

  test("the operator reaches no rows", async () => {
    rules = [permit(), permit({ agreement: null })];
    const { entries, error } = await entriesOf(() =>
      gate.operatorSession().perform(look, target, (scope) => rowsOf(scope, read())),
    );
    expect(error).toMatchObject({ code: "access.missing" });
    expect(entries).toMatchObject([{ session: "operator", outcome: "missing", data: [] }]);
    expect(String(error)).toContain(entries[0]?.reference);
  });

  test.each<[string, readonly Partial<Rule>[], Partial<RelationRequest>, () => void, string]>([
    ["no rule", [], {}, () => {}, "agreement_scope"],
    ["the agreement is not in force", [{}], {}, () => (live = false), "agreement_not_live"],
    ["no need", [{}], {}, () => (need = undefined), "no_need"],
    ["no subject", [{}], { subjects: [] }, () => {}, "no_need"],
    ["a subject, but no records of theirs", [{}], { records: undefined as never }, () => {}, "no_need"],
    ["a column", [{}], { columns: [3] }, () => {}, "column"],
    ["own policy on another's data", [{ agreement: null }], { under: "own" }, () => {}, "no_agreement"],
    ["a forbid", [{}, { id: "no", effect: "forbid" }], {}, () => {}, "forbidden"],
  ])("rows, refused for %s, are missing to a partner and refused to the owner", async (_why, given, request, set, reason) => {
    set();
    rules = given.map(permit);
    const ask = { ...read(), ...request };
    if (ask.records === undefined) delete (ask as { records?: unknown }).records;
    const partner = await entriesOf(() => as().perform(look, target, (scope) => rowsOf(scope, ask)));
    expect(partner.error).toMatchObject({ code: "access.missing" });
    expect(partner.entries).toMatchObject([{ reason, data: [] }]);
    expect(String(partner.error)).toContain(partner.entries[0]?.reference);
    if (reason === "no_agreement") return;
    const owner = await entriesOf(() =>
      as("care", { organisation: "council" }).perform(look, target, (scope) => rowsOf(scope, ask)),
    );
    expect(owner.error).toMatchObject({ code: "access.refused" });
    expect(owner.entries).toMatchObject([{ outcome: "refused", reason }]);
  });

  test("a dataset that does not exist is missing", async () => {
    const { entries, error } = await entriesOf(() =>
      as().perform(look, target, (scope) => rowsOf(scope, read({ dataset: "dst_none" }))),
    );
    expect(error).toMatchObject({ code: "access.missing" });
    expect(entries).toMatchObject([{ outcome: "missing" }]);
  });

  test("two agreements are never pooled", async () => {
    rules = [permit(), permit({ id: "other", agreement: "other" })];
    const { entries, error } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        const mine = await scope.relation(read());
        const theirs = await scope.relation(read({ under: { agreement: "other" } }));
        return [mine, theirs];
      }),
    );
    expect(error).toMatchObject({ code: "access.missing" });
    expect(entries).toMatchObject([{ reason: "agreement_scope", agreement: "agr" }]);
  });
});

describe("reading", () => {
  test("rows come through filter, columns and masks, and the entry tells of them", async () => {
    rules = [
      permit({
        when: { op: "has", a: row("c2") },
        columns: [
          { number: 1, mask: "null" },
          { number: 2, mask: "clear" },
        ],
      }),
      permit({ id: "no", effect: "forbid", when: inWard("W02") }),
    ];
    const { entries, result } = await entriesOf(() => as().perform(look, target, (scope) => rowsOf(scope, read())));
    expect(result).toEqual([[1, null, "W01"]]);
    expect(entries).toMatchObject([
      {
        outcome: "done",
        agreement: "agr",
        subjects: ["ent_1"],
        evidence: { kind: "case", id: "case_1" },
        data: [{ owner: "council", columns: ["c1", "c2"], rows: 1 }],
      },
    ]);
  });

  test("a version without a typed layer is read through the types of its columns", async () => {
    rules = [permit({ columns: [1, 2].map((number) => ({ number, mask: "clear" })) })];
    const rows = () => as().perform(look, target, (scope) => rowsOf(scope, read()));
    const built = await rows();
    const builds = walls.house.store.as<{ typed_build: { types: string } }>();
    const held = await builds.selectFrom("typed_build").selectAll().execute();
    await builds.deleteFrom("typed_build").execute();
    try {
      expect(await rows()).toEqual(built);
    } finally {
      await builds.insertInto("typed_build").values(held).execute();
    }
  });

  test("a column is read as it is now decided, though the typed layer was built before", async () => {
    rules = [permit({ columns: [{ number: 2, mask: "clear" }] })];
    const before = facts;
    facts = { ...facts, columns: facts.columns.map((column) => (column.number === 2 ? { ...column, type: "uprn" } : column)) };
    try {
      expect(await as().perform(look, target, (scope) => rowsOf(scope, read({ records: [1] })))).toEqual([[1, null]]);
    } finally {
      facts = before;
    }
  });

  test("a filter looks at the value, not at its mask", async () => {
    rules = [permit({ when: inWard("W01"), columns: [{ number: 2, mask: "null" }] })];
    expect(await as().perform(look, target, (scope) => rowsOf(scope, read()))).toEqual([[1, null]]);
  });

  test("a filter may look at a column that is not shown", async () => {
    rules = [permit({ when: inWard("W02"), columns: [{ number: 1, mask: "clear" }] })];
    expect(await as().perform(look, target, (scope) => rowsOf(scope, read()))).toEqual([[2, "Bob"]]);
  });

  test("only the records that were named", async () => {
    rules = [permit()];
    expect(await as().perform(look, target, (scope) => rowsOf(scope, read({ records: [3, 99] })))).toEqual([[3, "Cat", null]]);
    expect(await as().perform(look, target, (scope) => rowsOf(scope, read({ records: [] })))).toEqual([]);
  });

  describe("cells as received", () => {
    const all = [1, 2, 3].map((number) => ({ number, mask: "clear" as const }));
    const received = (): RelationRequest => ({
      dataset,
      action: "read",
      under: { agreement: "agr" },
      columns: "covered",
      layer: "received",
    });
    beforeAll(() => {
      facts = { ...facts, describesPeople: false };
    });
    afterAll(() => {
      facts = { ...facts, describesPeople: true };
    });

    test("are there where every row and every column is granted clear", async () => {
      rules = [permit({ columns: all })];
      expect(await as().perform(look, target, (scope) => rowsOf(scope, received()))).toEqual([
        [1, "Ann", "W01", "secret one"],
        [2, "Bob", "W02", "secret two"],
        [3, "Cat", "", "secret three"],
      ]);
    });

    test.each<[string, Partial<Rule>]>([
      ["a column is not covered", {}],
      [
        "a cell would be masked",
        { columns: all.map((column) => (column.number === 3 ? { ...column, mask: "pseudonym" } : column)) },
      ],
      ["some rows are not granted", { columns: all, when: inWard("W01") }],
    ])("are refused where %s", async (_, rule) => {
      rules = [permit(rule)];
      const { entries, error } = await entriesOf(() => as().perform(look, target, (scope) => rowsOf(scope, received())));
      expect(error).toMatchObject({ code: "access.missing" });
      expect(entries).toMatchObject([{ outcome: "missing", reason: "column", data: [] }]);
    });

    test("are refused where records are named", async () => {
      rules = [permit({ columns: all })];
      const asked = as().perform(look, target, (scope) => rowsOf(scope, { ...received(), records: [1] }));
      await expect(asked).rejects.toMatchObject({ code: "access.missing" });
    });
  });

  test("a hidden column is not there to be named", async () => {
    rules = [permit()];
    const asked = as().perform(look, target, async (scope) => {
      const { relation } = await scope.relation(read());
      return scope.query(sql`SELECT c3 FROM ${relation}`);
    });
    await expect(asked).rejects.toMatchObject({ code: "engine.failed" });
  });

  test("a pseudonym differs from agreement to agreement", async () => {
    const columns = [{ number: 1, mask: "pseudonym" }] as const;
    rules = [permit({ columns }), permit({ agreement: "other", columns })];
    const under = (agreement: string) =>
      as().perform(look, target, (scope) => rowsOf(scope, read({ under: { agreement }, records: [1] })));
    const [[[, here] = []], [[, there] = []]] = [await under("agr"), await under("other")] as [unknown[][], unknown[][]];
    expect(here).toMatch(/^[0-9a-f]{16}$/);
    expect(there).toMatch(/^[0-9a-f]{16}$/);
    expect(here).not.toBe(there);
  });

  test("nothing is handed back before the entry is on the disk", async () => {
    rules = [permit()];
    const count = () => log.prepare("SELECT count(*) AS n FROM entry").get()?.["n"];
    const before = count();
    let whileWorking: unknown;
    const { entries, result } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        const rows = await rowsOf(scope, read());
        whileWorking = count();
        return rows;
      }),
    );
    expect(whileWorking).toBe(before);
    expect(result).toHaveLength(3);
    expect(entries).toHaveLength(1);
  });

  test("with a log that cannot be written no data leaves", async () => {
    rules = [permit()];
    fill();
    const { entries, result, error } = await entriesOf(() => as().perform(look, target, (scope) => rowsOf(scope, read())));
    expect(result).toBeUndefined();
    expect(error).toMatchObject({ code: "access.no-audit" });
    expect(entries).toEqual([]);
    const refused = await entriesOf(() => as().perform(stewardsOnly, target, async () => "data"));
    expect(refused.error).toMatchObject({ code: "access.no-audit" });
  });

  test("and once it can be written again, data leaves again", async () => {
    rules = [permit()];
    expect(await as().perform(look, target, (scope) => rowsOf(scope, read({ records: [1] })))).toHaveLength(1);
  });

  test("what is kept from a use is of no use after it", async () => {
    rules = [permit()];
    let kept: Scope | undefined;
    await as().perform(look, target, async (scope) => {
      kept = scope;
    });
    const scope = kept;
    if (!scope) throw new Error("No scope was kept.");
    await expect(scope.relation(read())).rejects.toThrow("after its use had ended");
    await expect(scope.query(sql`SELECT 1`)).rejects.toThrow("after its use had ended");
    await expect(scope.transaction(async () => 1)).rejects.toThrow("after its use had ended");
    expect(() => scope.records).toThrow("after its use had ended");
  });

  test("a failure is recorded with its code, a fault as a fault", async () => {
    const failing = (error: Error) =>
      entriesOf(() =>
        as().perform(look, target, async () => {
          throw error;
        }),
      );
    expect((await failing(new Error("lost"))).entries).toMatchObject([{ outcome: "failed", reason: "fault" }]);
    rules = [];
    const inner = await entriesOf(() => as().perform(look, target, () => as().perform(stewardsOnly, target, async () => "data")));
    expect(inner.entries).toMatchObject([
      { outcome: "refused", reason: "role" },
      { outcome: "failed", reason: "access.refused" },
    ]);
  });

  test.each([
    ["quarantine", ["record_no", "byte_offset", "first_line", "last_line", "reasons", "raw"]],
    ["unread", ["record_no", "byte_offset", "first_line", "last_line", "reasons"]],
  ] as const)("quarantined records are shown whole or not at all (%s)", async (action, names) => {
    const whole = [1, 2, 3].map((number) => ({ number, mask: "clear" as const }));
    const request = read({ action });
    rules = [permit({ columns: whole, actions: [action] })];
    expect(await as().perform(look, target, async (scope) => (await scope.relation(request)).relation.columns)).toEqual(names);
    const ask = () => as().perform(look, target, (scope) => rowsOf(scope, request));
    const actions = [action];
    expect(await ask()).toHaveLength(1);
    rules = [permit({ actions, columns: whole.slice(1) })];
    await expect(ask()).rejects.toMatchObject({ code: "access.missing" });
    rules = [permit({ actions, columns: [...whole.slice(1), { number: 1, mask: "null" }] })];
    await expect(ask()).rejects.toMatchObject({ code: "access.missing" });
    rules = [permit({ actions, columns: whole }), permit({ actions, id: "no", effect: "forbid", when: inWard("W01") })];
    await expect(ask()).rejects.toMatchObject({ code: "access.missing" });
  });

  test("what mended records became is asked for as quarantined records are, and of a version that was loaded there is nothing", async () => {
    const whole = [1, 2, 3].map((number) => ({ number, mask: "clear" as const }));
    const ask = (action: RelationRequest["action"]) =>
      as().perform(look, target, (scope) => rowsOf(scope, read({ action, layer: "mended" })));
    rules = [permit({ columns: whole })];
    expect(await ask("quarantine")).toEqual([]);
    await expect(ask("read")).rejects.toMatchObject({ code: "access.missing" });
    rules = [permit({ columns: whole, actions: ["unread"] })];
    await expect(ask("unread")).rejects.toMatchObject({ code: "access.missing" });
    rules = [permit({ columns: whole.slice(1) })];
    await expect(ask("quarantine")).rejects.toMatchObject({ code: "access.missing" });
  });
});

describe("writing", () => {
  interface Tables {
    hub_fact: { key: string; value: string };
  }
  const write = (scope: Scope, name: string) =>
    scope.transaction((records) => records.as<Tables>().insertInto("hub_fact").values({ key: name, value: "1" }).execute());
  const held = async (name: string) =>
    (await walls.house.store.as<Tables>().selectFrom("hub_fact").selectAll().where("key", "=", name).execute()).length;

  test("the entry commits with the transaction, once for the use", async () => {
    const { entries } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        await write(scope, "one");
        await write(scope, "two");
      }),
    );
    expect(entries).toMatchObject([{ outcome: "done" }]);
    expect([await held("one"), await held("two")]).toEqual([1, 1]);
  });

  test("the entry is rolled back with the transaction, and the failure recorded", async () => {
    const { entries, error } = await entriesOf(() =>
      as().perform(look, target, (scope) =>
        scope.transaction(async (records) => {
          await records.as<Tables>().insertInto("hub_fact").values({ key: "three", value: "1" }).execute();
          throw new Error("lost");
        }),
      ),
    );
    expect(error).toMatchObject({ message: "lost" });
    expect(entries).toMatchObject([{ outcome: "failed", reason: "fault" }]);
    expect(await held("three")).toBe(0);
  });

  test("an entry put into a transaction that is rolled back afterwards is not believed", async () => {
    const { entries } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        await expect(
          walls.house.store.transaction(async (records) => {
            await scope.noteIn(records);
            throw new Error("rolled back");
          }),
        ).rejects.toThrow("rolled back");
        return "done all the same";
      }),
    );
    expect(entries).toMatchObject([{ outcome: "done" }]);
  });

  test("a second transaction after one that was rolled back brings the entry", async () => {
    const { entries } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        await scope.transaction(() => Promise.reject(new Error("lost"))).catch(() => {});
        await write(scope, "four");
      }),
    );
    expect(entries).toMatchObject([{ outcome: "done" }]);
  });

  test("a failure after the commit leaves two entries, and the caller has the second's reference", async () => {
    rules = [];
    const { entries, error } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        await write(scope, "five");
        return rowsOf(scope, read());
      }),
    );
    expect(entries).toMatchObject([{ outcome: "done" }, { outcome: "missing", reason: "agreement_scope" }]);
    expect(entries[0]?.reference).not.toBe(entries[1]?.reference);
    expect(String(error)).toContain(entries[1]?.reference);
    expect(await held("five")).toBe(1);
  });

  test("rows read after the commit are on record too", async () => {
    rules = [permit()];
    const { entries } = await entriesOf(() =>
      as().perform(look, target, async (scope) => {
        await write(scope, "six");
        return rowsOf(scope, read());
      }),
    );
    expect(entries).toMatchObject([
      { outcome: "done", data: [] },
      { outcome: "done", data: [{ rows: 3 }] },
    ]);
  });

  test("with a log that cannot be written the write stands and its entry waits for the log", async () => {
    fill();
    const { entries, error } = await entriesOf(() => as().perform(look, target, (scope) => write(scope, "seven")));
    expect(error).toMatchObject({ code: "access.no-audit" });
    expect(entries).toEqual([]);
    expect(await held("seven")).toBe(1);
    log.exec("DROP TRIGGER full");
    const after = await entriesOf(() => walls.house.audit.drain());
    expect(after.entries).toMatchObject([{ outcome: "done", person: "per_1" }]);
  });
});
