import { describe, expect, test } from "vitest";
import { classOf, getType } from "../../vocabulary/index.ts";
import type { Field, Join } from "../catalogue/index.ts";
import { predProblems } from "../../access/index.ts";
import { columnsOf, fingerprintOf, outcomeOf } from "./model.ts";
import { candidateRules, promiseFor, worthSaying, type Candidate, type Profile } from "./suggest.ts";
import { evidenceWords, scoreWords, shareText } from "./words.ts";

function field(number: number, name: string, type: string, more: Partial<Field> = {}): Field {
  const detection = { type, confidence: 1, evidence: [], alternatives: [], reading: {} } as unknown as Field["detection"];
  const base = {
    datasetId: "dst",
    number,
    name,
    type,
    decidedBy: "detected",
    recipe: null,
    detection,
    reading: {},
    nulls: 0,
    distinct: 10,
  } as const;
  return { ...base, class: classOf(getType(type), false), mask: getType(type).mask, top: [], ...more };
}

const profile = (fields: readonly Field[], more: Partial<Profile> = {}): Profile => ({
  fields,
  rows: 10,
  versions: 1,
  joins: [],
  invented: true,
  ...more,
});
const asked = (of: Profile) => candidateRules(of).map(({ test: each }) => fingerprintOf(each));
const counted = (n: number, passed: number, days: number | null = null) => ({ n, passed, days });

describe("candidates", () => {
  test("follow what the columns are", () => {
    expect(asked(profile([field(1, "Ref", "record_id"), field(2, "Postcode", "postcode", { distinct: 4 })]))).toEqual([
      "filled 1",
      "filled 2",
      "unique 1",
      "valid 2",
    ]);
    expect(asked(profile([field(1, "Event start", "time.date"), field(2, "Report end", "time.date")]))).not.toContain(
      "order 1 2",
    );
    expect(asked(profile([field(1, "Started", "time.date"), field(2, "Ended", "time.date")]))).toEqual(
      expect.arrayContaining(["order 1 2", "fresh 1", "fresh 2", "valid 1"]),
    );
    const household = [field(1, "Account", "account_ref", { distinct: 4 }), field(2, "Person", "case_ref", { distinct: 3 })];
    expect(asked(profile(household))).toContain("unique 1 2");
    expect(asked(profile([field(1, "Tel", "phone")]))).toEqual(["filled 1", "valid 1", "whole 1"]);
    expect(asked(profile([field(1, "Tel", "phone")], { invented: false, versions: 2 }))).toEqual([
      "filled 1",
      "rows",
      "valid 1",
      "whole 1",
      "genuine 1",
    ]);
  });

  test("refer to another dataset only where nearly all values meet and it has one row for each", () => {
    const join = (meet: number, unique: boolean): Join => ({
      from: { dataset: "dst", number: 1, distinct: 138, unique: true },
      to: { dataset: "other", number: 4, distinct: 200, unique },
      meet,
    });
    const of = (meet: number, unique: boolean) =>
      asked(profile([field(1, "Area", "geo.gss_code")], { joins: [join(meet, unique)] }));
    expect(of(137, true)).toContain("references 1 other 4");
    expect(of(100, true)).not.toContain("references 1 other 4");
    expect(of(137, false)).not.toContain("references 1 other 4");
  });

  test("are the same each time, bounded, and usable as conditions", () => {
    const wide = profile(
      Array.from({ length: 400 }, (_, at) => field(at + 1, `Column ${at}`, at % 2 === 0 ? "postcode" : "time.date")),
    );
    const found = candidateRules(wide);
    expect(candidateRules(wide)).toEqual(found);
    expect(found.length).toBeLessThanOrEqual(300);
    for (const { test: each } of found) {
      if (each.kind !== "row") continue;
      const optional = new Set(columnsOf(each).flatMap((number) => [`c${number}`, `t${number}`]));
      expect(predProblems(each.holds, { optional, forbid: false })).toEqual([]);
    }
  });
});

describe("what is worth saying", () => {
  const only = (of: Field, kind: string) =>
    candidateRules(profile([of])).find(({ test: each }) => fingerprintOf(each).startsWith(kind)) as Candidate;
  const plain = field(1, "Name", "text");
  const asking = field(1, "Name", "text", { reading: { missing: ["na"] } });

  test("what holds or nearly does; a half-empty column only where it says “NA”", () => {
    expect(worthSaying(only(plain, "filled"), counted(80, 78), [plain])).toBe(true);
    expect(worthSaying(only(plain, "filled"), counted(80, 40), [plain])).toBe(false);
    expect(worthSaying(only(asking, "filled"), counted(80, 2), [asking])).toBe(true);
    expect(worthSaying(only(plain, "filled"), counted(0, 0), [plain])).toBe(false);
  });

  test("values that are not valid, however many", () => {
    const postcode = field(1, "Postcode", "postcode");
    expect(worthSaying(only(postcode, "valid"), counted(100, 60), [postcode])).toBe(true);
    const ref = field(1, "Ref", "record_id");
    expect(worthSaying(only(ref, "unique"), counted(100, 60), [ref])).toBe(false);
  });

  test("freshness promises what is kept now", () => {
    expect([0, 1, 2, 31, 32, 366].map(promiseFor)).toEqual([1, 1, 7, 31, 92, 366]);
    const date = field(1, "Seen", "time.date");
    expect(worthSaying(only(date, "fresh"), counted(1, 1, 300), [date])).toBe(true);
    expect(worthSaying(only(date, "fresh"), counted(1, 0, 900), [date])).toBe(false);
    expect(worthSaying(only(date, "fresh"), counted(0, 0, null), [date])).toBe(false);
  });
});

describe("words", () => {
  test("outcomes follow the shares", () => {
    const threshold = { warn: 0.99, fail: 0.95 };
    const shares = [100, 99, 98, 95, 94].map((passed) => outcomeOf(counted(100, passed), threshold));
    expect([...shares, outcomeOf(counted(0, 0), threshold)]).toEqual(["pass", "pass", "warn", "warn", "fail", "nothing"]);
  });

  test("a share is never rounded to all or nothing", () => {
    expect([1, 0.9999, 0.987, 0.5, 0.0001, 0].map(shareText)).toEqual(["100 %", "99.9 %", "98.7 %", "50 %", "0.1 %", "0 %"]);
  });

  test("evidence says what was counted", () => {
    const { test: each } = candidateRules(profile([field(1, "Ref", "record_id")]))[0] as Candidate;
    expect(evidenceWords(each, counted(11264, 11264))).toBe("Every one of 11,264 cells is filled");
    expect(evidenceWords(each, counted(80, 2))).toBe("78 of 80 cells are empty or say that they are (2.5 % pass)");
  });

  test("of people, others read no small count and no exact one", () => {
    expect(scoreWords(counted(1204, 1203), false)).toEqual({ share: "All or nearly", of: "of 1,205" });
    expect(scoreWords(counted(1204, 3), false)).toEqual({ share: "Few or none", of: "of 1,205" });
    expect(scoreWords(counted(1204, 602), false)).toEqual({ share: "50 %", of: "of 1,205" });
    expect(scoreWords(counted(4, 3), false)).toEqual({ share: "Too few to say", of: "of fewer than 10" });
    expect(scoreWords(counted(1204, 1203), true)).toEqual({ share: "99.9 %", of: "of 1,204" });
  });
});
