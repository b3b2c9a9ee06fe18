import * as fc from "fast-check";
import { isValidPhoneNumber } from "libphonenumber-js/max";
import { stdnum } from "stdnum";
import { describe, expect, test } from "vitest";
import { getType, semanticTypes } from "./index.ts";

/** Computed vectors: of each type some that hold and some that do not, with what each is. */
const vectors: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["nhs_number", ["9990000018", "9990000050"], ["9990000019", "9990000000", "9990000001", "9999999999"]],
  ["chi_number", ["0101011237", "0101336489", "0101201234"], ["3201201234"]],
  ["uln", ["9276308686"], ["9990000018"]],
  ["utr", ["1955839661", "2000000000"], ["2955839661", "1111111111"]],
  ["upn", ["B801200005001", "X35840300251A"], ["A801200005001", "Q207000016049"]],
  ["nino", ["AA123456B", "OA123456C", "AB123456"], ["BG123612A", "AO123456A", "FQ000000C", "QQ123456A"]],
  ["pnc_id", ["2002/0073319Z", "1979/0163001B"], ["2003/0011985Z"]],
  ["cro_number", ["065656/91H", "SF83/50058Z"], ["85227/65G"]],
  ["driving_licence_gb", ["MORGA657054SM9IJ", "SMITH802290AB1CD"], ["MORGA613054SM9IJ", "99999657054SM9IJ", "MO9G9657054SM9IJ"]],
  ["org.vat_number", ["980780684", "100000034", "GD499", "HA500"], ["802311781", "GD500", "HA499"]],
  ["payment_card", ["4111111111111111"], ["4111111111111112", "0000000000000000", "8888888888888888"]],
  ["bank.iban", ["GB82WEST12345698765432"], ["GB94BARC10201530093450"]],
  ["bank.account", ["089999 66374958", "107999 88837491", "202959 63748472"], ["089999 663749", "999"]],
  ["special.snomed", ["22298006"], ["73211008"]],
  ["phone", ["0161 496 0123", "03069 990123", "07700 900123"], ["999", "01204 00000"]],
  ["postcode", ["EC1A 1BB", "W1A 1HQ", "GIR 0AA"], ["QA1 1AA", "M1 1CA", "ZZ99 3VZ"]],
  ["postcode.pseudo", ["ZZ99 3VZ", "ZZ99 3WZ"], ["EC1A 1BB"]],
  ["vehicle_reg", ["AB51ABC", "K1ABC", "ABC123D"], ["AB35ABC", "AB51AIB", "I123BCD"]],
  ["geo.gss_code", ["E08000009"], ["E0800009"]],
  ["org.company_number", ["CE123456"], ["xxNI123456zz", "123456789"]],
  ["email", ["a.b@example.org"], ["data at food.gov.uk"]],
  ["person.date_of_birth", ["29/02/2000"], ["29/02/1900", "31/04/1990", "01/01/1900", "1901-01-01", "11/11/1911"]],
  ["time.period", ["2024/25", "2015", "202504", "Apr-25"], ["2024/26", "2024/24"]],
];

describe.each(vectors)("%s", (id, pass, fail) => {
  test.each(pass)("%s holds", (text) => expect(getType(id).parse(text)).toBeDefined());
  test.each(fail)("%s does not", (text) => expect(getType(id).parse(text)).toBeUndefined());
});

test("there are seventy types and more, each with its own id", () => {
  expect(semanticTypes.size).toBeGreaterThanOrEqual(70);
});

test.each([
  ["nhs_number", "999 000 0018", "test"],
  ["nhs_number", "9999999999", "invalid"],
  ["nino", "QQ 12 34 56 A", "test"],
  ["nino", "AA123456B", "valid"],
  ["email", "a@example.org", "test"],
  ["email", "a@sub.example.com", "test"],
  ["email", "a@wexcombe.gov.uk", "valid"],
  ["phone", "07700 900123", "test"],
  ["phone", "01632 960999", "test"],
  ["phone", "01632 961000", "valid"],
  ["online_id", "192.0.2.1", "test"],
  ["online_id", "2001:db8::1", "test"],
  ["online_id", "10.0.0.1", "valid"],
  ["bank.account", "089999 66374958", "unknown"],
  ["org.site_code", "123456", "unknown"],
])("%s: %s is %s", (id, text, outcome) => expect(getType(id).outcome(text)).toBe(outcome));

describe("other libraries agree", () => {
  const oracle = (name: string, country: string) => {
    const found = stdnum[country]?.[name];
    if (!found) throw new Error(`The library has no ${country} ${name}.`);
    return (text: string) => found.validate(text).isValid;
  };
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

  test("taxpayer references", () => {
    const agrees = oracle("utr", "GB");
    fc.assert(
      fc.property(digits(10), (text) => {
        fc.pre(new Set(text).size > 1);
        expect(getType("utr").parse(text) !== undefined).toBe(agrees(text));
      }),
      { seed: 7, numRuns: 20_000 },
    );
  });

  test("VAT numbers, with the valid ones made likelier", () => {
    const agrees = oracle("vat", "GB");
    const near = fc.tuple(digits(7), fc.constantFrom(0, 42, 55)).map(([stem, rest]) => {
      const weights = [8, 7, 6, 5, 4, 3, 2];
      const sum = weights.reduce((total, weight, at) => total + weight * Number(stem[at]), 0);
      return `${stem}${String((((rest - sum) % 97) + 97) % 97).padStart(2, "0")}`;
    });
    let valid = 0;
    fc.assert(
      fc.property(fc.oneof(digits(9), near), (text) => {
        fc.pre(Number(text.slice(0, 3)) >= 100);
        const held = getType("org.vat_number").parse(text) !== undefined;
        if (held) valid += 1;
        expect(held).toBe(agrees(text));
      }),
      { seed: 7, numRuns: 20_000 },
    );
    expect(valid).toBeGreaterThan(1000);
  });

  test("the prefixes of National Insurance numbers, all 676", () => {
    const agrees = oracle("nino", "GB");
    const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const prefixes = letters.flatMap((first) => letters.map((second) => first + second));
    const given = prefixes.filter((prefix) => getType("nino").parse(`${prefix}123456C`) !== undefined);
    expect(given).toEqual(prefixes.filter((prefix) => agrees(`${prefix}123456C`)));
    expect(given.length).toBe(373);
  });

  test("telephone numbers: what the library holds for valid, this does", () => {
    const numbers = fc.oneof(
      digits(9).map((rest) => `0${rest}`),
      digits(9).map((rest) => `07${rest}`),
      digits(10).map((rest) => `0${rest}`),
    );
    let valid = 0;
    fc.assert(
      fc.property(numbers, (text) => {
        if (!isValidPhoneNumber(text, "GB")) return;
        fc.pre(text.length === 11 && !text.startsWith("00")); // 00 is the way abroad
        valid += 1;
        expect(getType("phone").parse(text)).toBe(`+44${text.slice(1)}`);
      }),
      { seed: 7, numRuns: 20_000 },
    );
    expect(valid).toBeGreaterThan(2000);
  });
});
