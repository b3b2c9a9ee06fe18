import { luhn } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, either, lower, only, replace, trim } from "../steps.ts";
import type { Step } from "../steps.ts";

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const group = "[0-9a-f]{1,4}";
const groups = (most: number) => `(?:${group}(?::${group}){0,${most - 1}})?`;
const shortened = Array.from({ length: 7 }, (_, before) => `${groups(before + 1)}::${groups(6 - before || 1)}`);
const address = [
  `${octet}(?:[.]${octet}){3}`,
  `${group}(?::${group}){7}`,
  ...shortened,
  "(?:[0-9a-f]{2}:){5}[0-9a-f]{2}",
  "[0-9a-f]{16}",
].join("|");
const userName = "[a-z@][a-z0-9_.@-]{1,62}[a-z0-9]";
const anAddress = new RegExp(`^(?:${address})$`);
const documentation = /^(?:192[.]0[.]2|198[.]51[.]100|203[.]0[.]113)[.]|^2001:0?db8:/;
const fifteenDigits = only("[0-9]{15}");
const luhnDigits = luhn(15, 15);
const imei: Step = {
  text: (value) => luhnDigits.text(fifteenDigits.text(value)),
  sql: (value) => luhnDigits.sql(fifteenDigits.sql(value)),
};

/**
 * An address of a device or a name of a user: IP (versions 4 and 6), MAC, EUI-64, IMEI (fifteen digits, Luhn), user name. Addresses kept
 * for documentation (RFC 5737, RFC 3849) are a test.
 */
export const onlineId = semanticType({
  id: "online_id",
  label: "Online identifier",
  class: "personal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["192.0.2.17", "2001:DB8::1", "00-1A-2B-3C-4D-5E", "70B3D57ED0051234", "490154203237518", "j.smith_2"],
  counterExamples: ["256.1.1.1", "490154203237519", "12", "2001:db8:::1", "a b", "-x"],
  steps: [
    trim,
    ascii,
    lower,
    replace("^([0-9a-f]{2})-([0-9a-f]{2})-([0-9a-f]{2})-([0-9a-f]{2})-([0-9a-f]{2})-([0-9a-f]{2})$", "\\1:\\2:\\3:\\4:\\5:\\6"),
    either(only(`${address}|${userName}`), imei),
  ],
  sort: (_, value) => (value !== undefined && documentation.test(value) ? "test" : undefined),
  detect: {
    by: "values",
    test: "the form of an address of a device",
    strong: [
      "ip",
      "ip address",
      "ipv4",
      "ipv6",
      "mac address",
      "mac",
      "imei",
      "imei number",
      "device address",
      "dev eui",
      "dev addr",
      "username",
      "user name",
      "user id",
      "login",
      "login name",
      "twitter handle",
      "social media handle",
      "ip addr",
      "client ip",
      "source ip",
      "remote ip",
      "remote addr",
      "mac addr",
      "device eui",
      "deveui",
      "eui",
      "gateway eui",
      "imsi imei",
      "instagram",
      "skype name",
    ],
    weak: ["device"],
    prior: -2,
    chance: 0.001,
    recognise: (text, name) => {
      const value = onlineId.parse(text) ?? "";
      return anAddress.test(value) ? name >= 2 || !/^\d+$/.test(value) : name >= 2 && value !== "";
    },
  },
});
