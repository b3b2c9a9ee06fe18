import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openVault } from "./vault.ts";

const vault = openVault("0123456789abcdef".repeat(4));

test("what was sealed for one thing opens for it alone, under the same key alone", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), fc.string(), (secret, about, other) => {
      const sealed = vault.seal(secret, about);
      expect(vault.open(sealed, about)).toBe(secret);
      expect(vault.open(sealed, `${about}${other}+`)).toBeUndefined();
      expect(openVault("f".repeat(64)).open(sealed, about)).toBeUndefined();
    }),
    { seed: 7 },
  );
});

test("the same secret is sealed otherwise each time, and a changed byte does not open", () => {
  const sealed = vault.seal("a password", "src_1");
  expect(vault.seal("a password", "src_1")).not.toBe(sealed);
  const bytes = Buffer.from(sealed, "base64");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(vault.open(changed.toString("base64"), "src_1"), `byte ${at}`).toBeUndefined();
  }
  for (const text of ["", "no base 64 at all", sealed.slice(0, 8)]) expect(vault.open(text, "src_1")).toBeUndefined();
});
