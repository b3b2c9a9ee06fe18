import { gzipSync } from "node:zlib";
import type { FaultCase } from "./fault-case.ts";
import { writeZip } from "./write-zip.ts";

const table = "a,b\nx,1\ny,2\n";
const loaded = {
  columns: ["a", "b"],
  rows: [
    ["x", "1"],
    ["y", "2"],
  ],
};
const nested = (depth: number): Buffer =>
  depth === 0 ? Buffer.from(table) : writeZip([{ name: depth === 1 ? "t.csv" : "inner.zip", bytes: nested(depth - 1) }]);
const zeros = Buffer.alloc(120 * 1024 * 1024);

export const archiveCases: readonly FaultCase[] = [
  { name: "gzip", file: "a.csv.gz", bytes: () => gzipSync(table), expected: { ...loaded, parts: [""] } },
  { name: "gzip without a telling name, with a mark", file: "a.csv", bytes: () => gzipSync(`\ufeff${table}`), expected: loaded },
  {
    name: "gzip cut off",
    file: "a.csv.gz",
    bytes: () => gzipSync(table).subarray(0, -12),
    expected: { error: "“a.csv.gz” ends too early" },
  },
  {
    name: "gzip with a wrong byte",
    file: "a.csv.gz",
    bytes: () => {
      const bytes = gzipSync(table);
      bytes[bytes.length - 6] = (bytes.at(-6) ?? 0) ^ 0xff;
      return bytes;
    },
    expected: { error: "“a.csv.gz” is damaged" },
  },
  {
    name: "a gzip bomb",
    file: "a.csv.gz",
    bytes: () => gzipSync(zeros),
    expected: { error: "“a.csv.gz” unpacks to more than 100 MiB" },
  },
  {
    name: "a zip file of tables, documents and descriptions",
    file: "all.zip",
    bytes: () =>
      writeZip([
        { name: "README.md", bytes: "a, b\n" },
        { name: "data/one.csv", bytes: "c\nz\n" },
        { name: "data/two.csv.gz", bytes: gzipSync(table) },
        { name: "data/two.csv-metadata.json", bytes: "{}" },
        { name: "data/", bytes: "" },
        { name: "empty.csv", bytes: "" },
      ]),
    part: "data/two.csv.gz",
    expected: {
      ...loaded,
      parts: ["data/one.csv", "data/two.csv.gz"],
      notes: ["These members are no tables: README.md, data/two.csv-metadata.json, empty.csv."],
    },
  },
  {
    name: "a member whose name begins like another with a table in it",
    file: "all.zip",
    bytes: () =>
      writeZip([
        { name: "a.csv", bytes: "c\nz\n" },
        { name: "a.csv#b.csv", bytes: table },
      ]),
    part: "a.csv#b.csv",
    expected: { ...loaded, parts: ["a.csv", "a.csv#b.csv"] },
  },
  {
    name: "three archives deep",
    file: "all.zip",
    bytes: () => nested(3),
    expected: { ...loaded, parts: ["inner.zip#inner.zip#t.csv"] },
  },
  { name: "four archives deep", file: "all.zip", bytes: () => nested(4), expected: { error: "stands in more than 3 archives" } },
  {
    name: "only documents",
    file: "all.zip",
    bytes: () => writeZip([{ name: "README.md", bytes: "a, b\n" }]),
    expected: { kind: "document" },
  },
  ...["../up.csv", "/etc/up.csv", "C:\\up.csv", "a/../../up.csv", "..\\up.csv"].map((name) => ({
    name: `a member that climbs out: ${name}`,
    file: "all.zip",
    bytes: () =>
      writeZip([
        { name: "ok.csv", bytes: table },
        { name, bytes: table },
      ]),
    expected: { error: "has a path that leads out of the archive" },
  })),
  {
    name: "a link",
    file: "all.zip",
    bytes: () => writeZip([{ name: "passwd.csv", bytes: "/etc/passwd", link: true }]),
    expected: { error: "“passwd.csv” in the archive “all.zip” is a link" },
  },
  {
    name: "an encrypted member",
    file: "all.zip",
    bytes: () => writeZip([{ name: "secret.csv", bytes: table, encrypted: true }]),
    expected: { error: "“secret.csv” in the archive “all.zip” is encrypted" },
  },
  {
    name: "a zip bomb",
    file: "all.zip",
    bytes: () => writeZip([{ name: "bomb.csv", bytes: zeros }]),
    expected: { error: "“all.zip” unpacks to more than 100 MiB" },
  },
  {
    name: "a bomb in an archive in an archive",
    file: "all.zip",
    bytes: () => writeZip([{ name: "in.zip", bytes: writeZip([{ name: "bomb.csv", bytes: zeros }]) }]),
    expected: { error: "unpacks to more than 100 MiB" },
  },
  {
    name: "a zip file cut off",
    file: "all.zip",
    bytes: () => writeZip([{ name: "a.csv", bytes: table }]).subarray(0, -30),
    expected: { error: "“all.zip” is damaged or cut off" },
  },
];
