import { expect, test } from "vitest";
import { listSettings, readSettings, settingDefinitions } from "./config.ts";

test("every setting is listed once, with where its value comes from", () => {
  const rows = listSettings(readSettings({ GUILDHALL_PORT: "4500", GUILDHALL_LOG: "warn" }));
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(settingDefinitions));
  const of = (wanted: string) => rows.find(({ name }) => name === wanted);
  expect(of("GUILDHALL_PORT")).toMatchObject({ value: 4500, fallback: "4400", source: "set" });
  expect(of("GUILDHALL_LOG")).toMatchObject({ value: "warn", source: "default" });
});
