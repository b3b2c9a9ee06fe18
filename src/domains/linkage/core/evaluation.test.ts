import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDB } from "../../../../test/support/duckdb.ts";
import { recordsSql } from "../../../../test/support/person-records.ts";
import { generateTown, writeTown } from "../../../sample/index.ts";
import { compile } from "../../../sql/compile.ts";
import { Leaf, sql } from "../../../sql/fragment.ts";
import { getType } from "../../../vocabulary/index.ts";
import { blockedPairsStage } from "./blocked-pairs.ts";
import { comparisonStage } from "./comparison-stage.ts";
import { explainPair } from "./explain-pair.ts";
import type { PersonRecord } from "./person-record.ts";
import { scoreStage, type Band } from "./score.ts";
import { unionFind, type Clusters, type Edge } from "./union-find.ts";

interface Place {
  readonly records: readonly PersonRecord[];
  /** Which person each record is of. */
  readonly truth: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
}

interface ScoredPair extends Edge {
  readonly band: Band;
}

const maxGroup = 1_000;
const maxCluster = 12;
const db = await openDuckDB();
afterAll(() => db.close());

describe.each([1, 2, 3])("linking the three sources of town %i", (seed) => {
  let place: Place;
  let pairs: readonly ScoredPair[];
  let result: Clusters;
  beforeAll(async () => {
    place = await readPlace(seed);
    pairs = await scorePairs(place.records);
    result = unionFind(
      place.records,
      pairs.filter(({ band }) => band === "link"),
      maxCluster,
    );
  });

  test("is precise and finds most", () => {
    const truePairs = pairsIn([...Map.groupBy(place.truth.keys(), (id) => place.truth.get(id)).values()]);
    const found = result.clusters.flatMap(pairsOf);
    const right = found.filter(([one, other]) => sameFor(place.truth, one, other)).length;
    const blocked = pairs.filter(({ left, right }) => sameFor(place.truth, left, right)).length;
    const review = pairs.filter(({ band }) => band === "review");
    const figures = {
      seed,
      records: place.records.length,
      truePairs,
      candidates: pairs.length,
      blockingRecall: blocked / truePairs,
      precision: right / found.length,
      recall: right / truePairs,
      review: review.length,
      reviewTrue: review.filter(({ left, right }) => sameFor(place.truth, left, right)).length,
      refused: result.refused.length,
    };
    console.log(figures);
    expect(figures.precision).toBeGreaterThanOrEqual(0.97);
    expect(figures.recall).toBeGreaterThanOrEqual(0.85);
    expect(figures.blockingRecall).toBeGreaterThanOrEqual(0.9);
  });

  test("keeps the cousin, the twins, and father and son apart", () => {
    const clusterOf = (role: string) => {
      const ids = [...place.roles].filter(([, found]) => found === role).map(([id]) => id);
      return result.clusters.filter((cluster) => ids.some((id) => cluster.includes(id)));
    };
    const rolesWith = (role: string) =>
      new Set(
        clusterOf(role)
          .flat()
          .map((id) => place.roles.get(id) ?? "somebody else"),
      );
    expect(rolesWith("cousin")).toEqual(new Set(["cousin"]));
    expect(rolesWith("child")).toEqual(new Set(["child"]));
    expect(rolesWith("mother")).toEqual(new Set(["mother"]));
    expect(rolesWith("twin")).toEqual(new Set(["twin"]));
    expect(rolesWith("other twin")).toEqual(new Set(["other twin"]));
    const gp = (role: string) => [...place.roles].find(([id, found]) => found === role && id.startsWith("gp"))?.[0] ?? "";
    expect(clusterOf("father").some((cluster) => cluster.includes(gp("father")) && cluster.includes(gp("son")))).toBe(false);
  });

  test("offers the mother's two surnames for review, and says why", () => {
    const of = (role: string, source: string) =>
      place.records.find(({ recordId }) => recordId.startsWith(source) && place.roles.get(recordId) === role);
    const [one, other] = [of("mother", "adult"), of("mother", "gp")];
    if (!one || !other) throw new Error("The mother has no record.");
    const { band, lines } = explainPair(one, other);
    expect(["review", "link"]).toContain(band);
    expect(lines.map(({ text }) => text.split(":")[0])).toEqual(
      expect.arrayContaining(["Same date of birth", "Same forename only", "Same sex"]),
    );
  });
});

async function scorePairs(records: readonly PersonRecord[]): Promise<readonly ScoredPair[]> {
  const leaf = new Leaf("people");
  const scores = scoreStage(comparisonStage(leaf, blockedPairsStage(leaf, maxGroup)));
  const rows = await db.rows(
    compile(sql`SELECT left_id, right_id, weight, band FROM ${scores}`, () => ({
      body: recordsSql(records),
      materialized: true,
    })),
  );
  return rows.map((row) => ({
    left: row["left_id"] as string,
    right: row["right_id"] as string,
    weight: row["weight"] as number,
    band: row["band"] as Band,
  }));
}

async function readPlace(seed: number): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "linkage-"));
  const truthFolder = join(folder, "truth");
  await writeTown(generateTown(seed), join(folder, "sources"), { truthFolder });
  const read = async (path: string) => (await readFile(join(folder, path), "utf8")).trimEnd().split("\n");
  const tax = csvRows(await read("sources/council-tax.csv")).map((row) =>
    record("council-tax", `${row["account_ref"]}/${row["person_no"]}`, row, [
      "first_name",
      "last_name",
      "",
      "postcode",
      "",
      "uprn",
      "",
    ]),
  );
  const care = csvRows(await read("sources/adult-social-care.csv")).map((row) =>
    record("adult-social-care", row["LA Person Unique Identifier"] ?? "", row, [
      "First Name",
      "Last Name",
      "Date of Birth",
      "Postcode",
      "NHS Number",
      "",
      "Gender",
    ]),
  );
  const gp = (await read("sources/gp-registrations.ndjson"))
    .flatMap(jsonRow)
    .map((row) =>
      record("gp-registrations", row["registration_id"] ?? "", row, [
        "given_name",
        "family_name",
        "date_of_birth",
        "postcode",
        "nhs_number",
        "",
        "sex",
      ]),
    );
  const truth = csvRows(await read("truth/truth.csv")).map(
    (row) => [`${row["file"]?.replace(/\..*/, "")}:${row["record_id"]}`, row] as const,
  );
  await rm(folder, { recursive: true });
  const unique = new Map([...tax, ...care, ...gp].map((one) => [one.recordId, one]));
  const known = truth.filter(([id]) => unique.has(id));
  return {
    records: known.flatMap(([id]) => unique.get(id) ?? []),
    truth: new Map(known.map(([id, row]) => [id, row["person_id"] ?? ""])),
    roles: new Map(known.flatMap(([id, row]) => (row["role"] ? [[id, row["role"]] as const] : []))),
  };
}

type Cells = Readonly<Record<string, string>>;
type Columns = readonly [
  forename: string,
  surname: string,
  dob: string,
  postcode: string,
  nhs: string,
  uprn: string,
  sex: string,
];

function record(
  source: string,
  id: string,
  row: Cells,
  [forename, surname, dob, postcode, nhs, uprn, sex]: Columns,
): PersonRecord {
  const parse = (type: string, column: string) => getType(type).parse(row[column] ?? "") ?? null;
  return {
    recordId: `${source}:${id}`,
    source,
    forename: parse("person.forename", forename),
    surname: parse("person.surname", surname),
    dob: parse("person.date_of_birth", dob),
    postcode: parse("postcode", postcode),
    nhsNumber: parse("nhs_number", nhs),
    uprn: parse("uprn", uprn),
    sex: parse("person.sex", sex),
  };
}

/** Good rows only: the right number of cells, quotes in order, no broken characters. */
function csvRows([header = "", ...lines]: readonly string[]): readonly Cells[] {
  const columns = cells(header);
  return lines.flatMap((line) => {
    const values = cells(line);
    const good = values.length === columns.length && !line.includes("\ufffd");
    return good ? [Object.fromEntries(columns.map((column, at) => [column, values[at] ?? ""]))] : [];
  });
}

function cells(line: string): readonly string[] {
  const found = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? [];
  return found.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

function jsonRow(line: string): readonly Cells[] {
  try {
    return [JSON.parse(line) as Cells];
  } catch {
    return [];
  }
}

function pairsOf(cluster: readonly string[]): readonly (readonly [string, string])[] {
  return cluster.flatMap((one, at) => cluster.slice(at + 1).map((other) => [one, other] as const));
}

function pairsIn(groups: readonly (readonly string[])[]): number {
  return groups.reduce((sum, group) => sum + (group.length * (group.length - 1)) / 2, 0);
}

function sameFor(truth: ReadonlyMap<string, string>, one: string, other: string): boolean {
  return truth.get(one) === truth.get(other);
}
