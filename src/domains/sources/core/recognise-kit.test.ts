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
  expect(kits.length).toBeGreaterThanOrEqual(3);
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
