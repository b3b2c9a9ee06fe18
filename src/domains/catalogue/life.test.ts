import { assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { classOrder, type ColumnClass } from "../../vocabulary/index.ts";
import { lifeOf } from "./life.ts";
import type { Attestation } from "./model.ts";

const now = Date.UTC(2026, 10, 25, 12);
const day = 86_400_000;
const attestation: Attestation = {
  class: "personal",
  purpose: "To plan.",
  lawfulBasis: "Public task",
  openness: "shared",
  recipients: ["agr_1"],
  at: now - 10 * day,
  by: null,
};
const entry = {
  state: "registered",
  attestation,
  reviewDate: "2027-01-01",
  purpose: "To plan.",
  lawfulBasis: "Public task",
  openness: "shared",
} as const;
const facts = { class: "personal" as ColumnClass, recipients: ["agr_1"] };

test("an entry is what its state says, and attested until something that was attested to is another thing", () => {
  expect(lifeOf(entry, facts, now)).toEqual({ life: "attested", reopened: [] });
  expect(lifeOf({ ...entry, attestation: null }, facts, now).life).toBe("registered");
  expect(lifeOf({ ...entry, state: "draft" }, facts, now).life).toBe("draft");
  expect(lifeOf({ ...entry, state: "archived", reviewDate: "2020-01-01" }, facts, now)).toEqual({
    life: "archived",
    reopened: [],
  });
});

test.each([
  ["a column is more sensitive", entry, { ...facts, class: "special" as const }, "A column is more sensitive than any was."],
  ["the purpose is another", { ...entry, purpose: "To bill." }, facts, "Its purpose was changed."],
  ["the lawful basis is another", { ...entry, lawfulBasis: "Contract" }, facts, "Its lawful basis was changed."],
  ["the openness is another", { ...entry, openness: "open" as const }, facts, "The decision on its openness was changed."],
  ["an agreement came", entry, { ...facts, recipients: ["agr_1", "agr_2"] }, "A new agreement lends it."],
])("it is to be attested again when %s", (_, changed, now_, why) => {
  expect(lifeOf(changed, now_, now)).toEqual({ life: "registered", reopened: [why] });
});

test("less sensitive columns and agreements that ended do not reopen it", () => {
  expect(lifeOf(entry, { class: "open", recipients: [] }, now).life).toBe("attested");
});

test("it is overdue the day after its review date, and when a year is over since its owner's word", () => {
  const at = (reviewDate: string) => lifeOf({ ...entry, reviewDate }, facts, now).life;
  expect([at("2026-11-25"), at("2026-11-24")]).toEqual(["attested", "overdue"]);
  const since = (days: number) => lifeOf({ ...entry, attestation: { ...attestation, at: now - days * day } }, facts, now).life;
  expect([since(365), since(366)]).toEqual(["attested", "overdue"]);
});

test("whatever is attested to is attested; a higher class always reopens, and a lower one never", () => {
  const anyClass = constantFrom(...classOrder);
  assert(
    property(anyClass, anyClass, (was, is) => {
      const { reopened } = lifeOf({ ...entry, attestation: { ...attestation, class: was } }, { ...facts, class: is }, now);
      expect(reopened.length === 1).toBe(classOrder.indexOf(is) > classOrder.indexOf(was));
    }),
  );
});
