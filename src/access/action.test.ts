import { expect, test } from "vitest";
import { action, decideAction, type Actor } from "./action.ts";

const actor = (kind: Actor["kind"], more: Partial<Actor> = {}): Actor => ({
  kind,
  active: kind === "person" || kind === "service",
  organisation: kind === "person" || kind === "service" ? "ours" : null,
  roles: ["analyst"],
  ...more,
});
const nothing = action("a.nothing", "Nothing", {});
const analysts = action("a.count", "Counted", { persons: ["analyst", "steward"] });
const across = action("a.across", "Across", { persons: ["analyst"], across: true });
const anyone = action("a.home", "Home", { persons: "signed-in" });
const machine = action("a.run", "Ran", { operator: true });
const open = action("a.open", "Open", { public: true });

test("what is left out is denied", () => {
  expect(nothing).toEqual({ name: "a.nothing", label: "Nothing", persons: [], operator: false, public: false, across: false });
  expect(action("b", "B", { persons: ["analyst"], operator: true, public: true, across: true })).toEqual({
    name: "b",
    label: "B",
    persons: ["analyst"],
    operator: true,
    public: true,
    across: true,
  });
});

test.each<[string, Actor, typeof nothing, string | null, string]>([
  ["a person of the role", actor("person"), analysts, null, "permit"],
  ["a person of the role, on their own organisation's", actor("person"), analysts, "ours", "permit"],
  ["a person of the role, on another's", actor("person"), analysts, "theirs", "missing organisation"],
  ["a person of the role, across", actor("person"), across, "theirs", "permit"],
  [
    "a person of no organisation, on another's",
    actor("person", { organisation: null }),
    analysts,
    "theirs",
    "missing organisation",
  ],
  ["a person of another role", actor("person", { roles: ["owner"] }), analysts, null, "refused role"],
  [
    "a person of another role, on another's: that it is there is not told, the role is",
    actor("person", { roles: [] }),
    analysts,
    "theirs",
    "refused role",
  ],
  ["a person of several roles", actor("person", { roles: ["owner", "steward"] }), analysts, null, "permit"],
  ["a person, for nobody", actor("person"), nothing, null, "refused role"],
  ["any person", actor("person", { roles: [] }), anyone, null, "permit"],
  ["a closed account", actor("person", { active: false }), anyone, null, "refused account"],
  ["a service", actor("service"), analysts, "ours", "permit"],
  ["a service for a closed account", actor("service", { active: false }), analysts, "ours", "refused account"],
  ["a person, what the operator does", actor("person"), machine, null, "refused role"],
  ["the operator", actor("operator"), machine, "theirs", "permit"],
  ["the operator, what persons do", actor("operator"), anyone, null, "refused session"],
  ["the operator, what is public", actor("operator"), open, null, "refused session"],
  ["the public", actor("public"), open, null, "permit"],
  ["the public, what persons do", actor("public"), anyone, null, "refused session"],
  ["the public, what the operator does", actor("public"), machine, null, "refused session"],
])("%s", (_who, who, wanted, owner, ending) => {
  const decision = decideAction(who, wanted, owner);
  const [outcome, reason] = ending.split(" ");
  expect(decision).toEqual(ending === "permit" ? { effect: "permit" } : { effect: "deny", outcome, reason });
});
