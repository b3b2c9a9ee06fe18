import { expect, test } from "vitest";
import { parseKit } from "./kit.ts";

const sound = `
name: bins
title: Bin rounds
about: When bins are emptied.
status: unconfirmed
publisher: the council
format: CSV
edition: "1"
personal: none
law: none
retention: to be decided
layouts:
  - name: rounds
    columns: [UPRN, Round, { name: Day, codes: [01, no, Tue] }]
    key: [UPRN]
`;

test("a kit is read as it is written, and a column may be its name alone", () => {
  const { kit } = parseKit(sound);
  expect(kit?.layouts[0]?.columns.map(({ name, required, type }) => [name, required, type])).toEqual([
    ["UPRN", true, null],
    ["Round", true, null],
    ["Day", true, null],
  ]);
  expect([...(kit?.layouts[0]?.columns[2]?.codes?.keys() ?? [])]).toEqual(["01", "no", "Tue"]);
});

test.each([
  [
    "[UPRN, Round,",
    "[{ name: UPRN, type: uprm }, Round,",
    "layouts → 1 (rounds) → columns → 1 (UPRN) → type: “uprm” is no semantic type",
  ],
  ["key: [UPRN]", "key: [URN]", "layouts → 1 (rounds) → key → 1 (URN): there is no column “URN”"],
  ["key: [UPRN]", "order: [[Day, Night]]", "layouts → 1 (rounds) → order → 1: there is no column “Night”"],
  ["[UPRN, Round,", "[UPRN, u_p_r_n,", "layouts → 1 (rounds) → columns → 2 (u_p_r_n): “u_p_r_n” is also a name of “UPRN”"],
  [
    "[UPRN, Round,",
    "[{ name: UPRN, pattern: '(' }, Round,",
    "layouts → 1 (rounds) → columns → 1 (UPRN) → pattern: “(” is no pattern",
  ],
  ["status: unconfirmed", "status: sure", "status: "],
  ["law: none", "lore: none", "law: "],
  ["name: bins", "name: Bins!", "name: is not made of small letters, figures and hyphens"],
])("%s for %s is refused with its place", (from, to, problem) => {
  const { kit, problems } = parseKit(sound.replace(from, to));
  expect(kit).toBeNull();
  expect(problems?.join("\n")).toContain(problem);
});

test("what is no YAML is refused", () => {
  expect(parseKit("name: [").problems?.length).toBeGreaterThan(0);
});
