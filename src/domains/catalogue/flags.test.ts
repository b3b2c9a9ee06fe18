import { expect, test } from "vitest";
import { flagsOf } from "./flags.ts";
import type { Entry, Field } from "./model.ts";

const now = Date.UTC(2026, 10, 25, 12);
const sound: Entry = {
  datasetId: "dst_1",
  organisation: "org_1",
  title: "Visits",
  description: "Who came.",
  owner: "Head of libraries",
  steward: null,
  purpose: "To plan.",
  lawfulBasis: "Public task",
  dpia: "DPIA-1",
  retention: "6 years",
  attribution: "",
  licence: "",
  kind: "dataset",
  file: null,
  openness: "shared",
  people: "yes",
  peopleReason: "",
  opennessReason: "",
  reviewDate: "2027-01-01",
  raisedClass: "",
  raisedReason: "",
  secret: "no",
  state: "registered",
  attestation: null,
  createdAt: 0,
};
const field = (change: Partial<Field>): Field => ({
  datasetId: "dst_1",
  number: 1,
  name: "kind",
  type: "category",
  decidedBy: "detected",
  recipe: null,
  detection: { type: "category", confidence: 1, evidence: [], reading: {}, alternatives: [] },
  reading: {},
  class: "internal",
  mask: "clear",
  nulls: 0,
  distinct: 2,
  top: [],
  ...change,
});
type Around = Parameters<typeof flagsOf>[1];
const around: Around = {
  class: "special",
  people: true,
  fields: [field({})],
  lent: 1,
  life: "registered",
  ownerLeft: false,
  now,
};
const told = (entry: Partial<Entry>, beside: Partial<Around> = {}) =>
  flagsOf({ ...sound, ...entry }, { ...around, ...beside }).map(({ text }) => text);

test("a sound entry has no flag, and an archived one is not looked at", () => {
  expect(told({})).toEqual([]);
  expect(told({ owner: null, lawfulBasis: "" }, { life: "archived" })).toEqual([]);
});

test.each<[Partial<Entry>, Partial<Around>, string]>([
  [{ lawfulBasis: "" }, {}, "It describes people, and no lawful basis is recorded."],
  [{ purpose: "" }, {}, "It describes people, and no purpose is recorded."],
  [{ dpia: "" }, {}, "It holds special category data, and no impact assessment is recorded."],
  [{ dpia: "" }, { class: "criminal" }, "It holds criminal data, and no impact assessment is recorded."],
  [{ openness: "open" }, {}, "It describes people, and the decision is that it is open."],
  [{ owner: null }, {}, "Nobody answers for it."],
  [{}, { ownerLeft: true }, "The account of its owner, Head of libraries, is suspended."],
  [{}, { lent: 0 }, "It is to be shared, and no agreement lends it."],
  [{ openness: "closed" }, {}, "It is closed, and an agreement lends it."],
  [{ openness: "undecided" }, {}, "Nothing is decided on its openness, and an agreement lends it."],
  [{ retention: "" }, {}, "It describes people, and how long it is kept is not recorded."],
  [{}, { life: "overdue" }, "Its review date is past."],
])("%j %j is flagged", (entry, beside, text) => {
  expect(told(entry, beside)).toEqual([text]);
});

test("a dataset of things needs no law, and a document has no columns to speak of", () => {
  const nothing = { lawfulBasis: "", purpose: "", dpia: "", retention: "" };
  expect(told(nothing, { people: false, class: "open" })).toEqual([]);
  expect(told({ ...nothing, kind: "document" }, { fields: [] })).toEqual([]);
});

test("a column that a person took for less than its values show is named; a sure detection counts, a guess does not", () => {
  const detection = (confidence: number) => ({ type: "nhs_number", confidence, evidence: [], reading: {}, alternatives: [] });
  const lowered = (change: Partial<Field>) => told({}, { fields: [field({ type: "record_id", ...change })] });
  expect(lowered({ decidedBy: "steward", detection: detection(0.95) })).toEqual(["Its class was lowered by hand: “kind”."]);
  expect(lowered({ decidedBy: "steward", detection: detection(0.5) })).toEqual([]);
  expect(lowered({ decidedBy: "detected", detection: detection(0.95) })).toEqual([]);
  expect(lowered({ decidedBy: "steward", detection: detection(0.95), class: "protected" })).toEqual([]);
});
