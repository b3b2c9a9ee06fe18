import { expect, describe, test } from "vitest";
import { disguised, type Disguise } from "../../../../test/support/kit-files.ts";
import { foldName } from "./fold-name.ts";
import { readKits } from "./read-kits.ts";
import { describeMatches, recogniseKit } from "./recognise-kit.ts";

const { kits, problems } = await readKits("");
const layouts = kits.flatMap((kit) => kit.layouts.filter(({ record }) => record === null).map((layout) => ({ kit, layout })));
const found = (headers: readonly string[]) =>
  recogniseKit(kits, headers).map(({ kit, layout, sure }) => `${kit.name} ${layout.name}${sure ? ", sure" : ""}`);

test("every kit that comes with the program can be used", () => {
  expect(problems).toEqual([]);
  expect(kits.length).toBe(21);
});

describe.each<[Disguise, string]>([
  ["as it is", ", sure"],
  ["shuffled", ", sure"],
  ["damaged", ""],
])("a file that is %s", (disguise, sure) => {
  test.each(layouts.map(({ kit, layout }) => [`${kit.name} ${layout.name}`, layout] as const))("is %s", (name, layout) => {
    expect(found(disguised(layout, disguise))).toEqual([`${name}${sure}`]);
  });
});

test("what is missing and what is new is said, with how sure the kit is of itself", () => {
  const headers = "child,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,remark".split(",");
  expect(describeMatches(recogniseKit(kits, headers))).toEqual([
    "It looks like “Children looked after (SSDA903)” (ssda903, episodes), but 2 of 13 columns are missing: PL_POST, URN.",
    "The kit does not know: remark.",
  ]);
});

test("layouts that fit alike are all named, and none is taken", () => {
  const matches = recogniseKit(kits, ["CHILD", "DOB"]);
  expect(matches.length).toBeGreaterThan(1);
  expect(matches.every(({ sure }) => !sure)).toBe(true);
  expect(describeMatches(matches).join(" ")).toMatch(/It looks like .+ or .+: their columns fit alike\./);
});

test("columns whose names move are known by their pattern", () => {
  const [match] = recogniseKit(
    kits,
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa11,cty19cd,lad19cd,wd19cd,ctry19cd,rgn19cd,pcon19cd,lsoa11,msoa11,lat,long,imd19ind".split(
      ",",
    ),
  );
  expect([match?.kit.name, match?.sure, match?.columns.get("lad19cd")?.type]).toEqual(["onspd", true, "geo.gss_code"]);
});

test.each([["route,day"], ["id,name,address,postcode,uprn"], ["date,count"], ["child,name,school,year"], ["postcode,lat,long"]])(
  "%s is of no kit",
  (headers) => {
    expect(found(headers.split(","))).toEqual([]);
  },
);

test("a name is folded to what people agree on", () => {
  expect(new Set(["Date of Birth", "\uFEFFdate_of_birth", " DATE-OF BIRTH ", "DateOfBirth"].map(foldName)).size).toBe(1);
});

describe("a file of records without a header", () => {
  const first = ["10", "EXAMPLETON COUNCIL", "1234", "2026-01-05", "1", "2026-01-05 (2)", "10:00:00", "7.3", "F"];
  test("is known by its first record, and it is said that its types are not parted", () => {
    const matches = recogniseKit(kits, first);
    expect(matches.map(({ kit, layout, sure }) => [kit.name, layout.name, sure])).toEqual([["llpg-dtf73", "header", false]]);
    expect(describeMatches(matches).join(" ")).toContain("which are not parted yet");
  });

  test.each([
    ["another type", ["12", ...first.slice(1)]],
    ["another width", [...first, ""]],
    ["a value in no list", [...first.slice(0, -1), "X"]],
  ])("and with %s it is not", (_, headers) => {
    expect(recogniseKit(kits, headers)).toEqual([]);
  });
});

test.each([
  ["electoral-register", "nfi-council-tax"],
  ["nfi-council-tax", "electoral-register"],
  ["ctf", "cin"],
  ["onspd", "os-open-uprn"],
])("a file of %s is not one of %s", (one, other) => {
  const layout = kits.find(({ name }) => name === one)?.layouts[0];
  const headers = layout?.columns.map(({ name }) => name) ?? [];
  expect(headers.length).toBeGreaterThan(3);
  expect(
    recogniseKit(
      kits.filter(({ name }) => name === other),
      headers,
    ),
  ).toEqual([]);
});

test("a casualty is no collision, and neither is taken for the other where both are known", () => {
  const stats = kits.filter(({ name }) => name === "stats19");
  for (const layout of stats[0]?.layouts ?? []) {
    const headers = layout.columns.map(({ name }) => name);
    const without = stats.map((kit) => ({ ...kit, layouts: kit.layouts.filter((each) => each.name !== layout.name) }));
    expect(recogniseKit(without, headers)).toEqual([]);
  }
});

test("columns of XML are known by the last part of their path", () => {
  const headers = ["LAchildID", "UPN", "PersonBirthDate", "Sex"].map((leaf) => `ChildIdentifiers.${leaf}`);
  expect(found([...headers, "ChildCharacteristics.Ethnicity", "CINdetails.Other"])).toEqual(["cin child, sure"]);
  const pupil =
    "UPN,Surname,Forename,DOB,Gender,BasicDetails.FormerUPN,BasicDetails.PreferredSurname,BasicDetails.NCyearActual,BasicDetails.Ethnicity,BasicDetails.EnrolStatus";
  expect(found(pupil.split(","))).toEqual(["ctf pupil, sure"]);
});
