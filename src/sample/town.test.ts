import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { geoArea, geoCentroid, geoContains } from "d3-geo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getType } from "../vocabulary/index.ts";
import { canaryOf, generateTown, wards, writeTown, type Manifest } from "./index.ts";
import { isInside } from "./wards.ts";

const town = generateTown(1);
let folder = "";
let truthFolder = "";
let manifest: Manifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "town-"));
  truthFolder = await mkdtemp(join(tmpdir(), "truth-"));
  manifest = await writeTown(town, folder, { canaries: true, truthFolder });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(truthFolder, { recursive: true });
});

describe("the town", () => {
  test("is the same for the same seed and another for another", () => {
    expect(generateTown(1)).toEqual(town);
    expect(generateTown(2).residents.slice(0, 20)).not.toEqual(town.residents.slice(0, 20));
  });

  test("is of the size that was meant", () => {
    expect(town.homes.length).toBe(900);
    expect(town.residents.length).toBeGreaterThan(1_800);
    expect(town.residents.length).toBeLessThan(2_300);
    expect(new Set(town.homes.map(({ uprn }) => uprn)).size).toBe(900);
    const [tax, care, gp] = town.sources.map(({ records }) => records);
    expect(tax?.length).toBeGreaterThan(1_100);
    expect(care?.length).toBeGreaterThan(600);
    expect(care?.length).toBeLessThan(800);
    expect(new Set(care?.map(({ recordId }) => recordId)).size).toBe(260);
    expect(gp?.length).toBeGreaterThan(1_700);
  });

  test("uses only test NHS numbers, each valid and given once", () => {
    const numbers = town.residents.map(({ nhsNumber }) => nhsNumber);
    expect(numbers.filter((number) => !/^999\d{7}$/.test(number) || getType("nhs_number").parse(number) !== number)).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test("uses well-formed postcodes in an area that is not allocated, and UPRNs that are well formed", () => {
    const wrong = town.homes.filter(
      ({ postcode, uprn }) =>
        getType("postcode").parse(postcode) !== postcode || !postcode.startsWith("ZX") || getType("uprn").parse(uprn) !== uprn,
    );
    expect(wrong).toEqual([]);
  });

  test("writes ethnic groups, names and sexes that the vocabulary knows", () => {
    const unread = town.residents.filter(
      ({ ethnicity, forename, surname }) =>
        getType("special.ethnicity").parse(ethnicity) === undefined ||
        getType("person.forename").parse(forename) === undefined ||
        getType("person.surname").parse(surname) === undefined,
    );
    expect(unread).toEqual([]);
  });
});

describe("the planted people", () => {
  const byRole = (role: string) => {
    const person = town.residents.find((resident) => resident.role === role);
    if (!person) throw new Error(`No ${role}.`);
    return person;
  };
  const written = (file: string, role: string) => {
    const source = town.sources.find((source) => source.file === file);
    return (source?.records ?? []).filter(({ personId }) => personId === byRole(role).id).map(({ fields }) => fields);
  };

  test("child and cousin share a forename, a surname on paper and a month of birth, not a home", () => {
    expect(byRole("child").forename).toBe(byRole("cousin").forename);
    expect(byRole("child").born.slice(0, 7)).toBe(byRole("cousin").born.slice(0, 7));
    expect(byRole("child").born).not.toBe(byRole("cousin").born);
    expect(byRole("child").formerSurname).toBe(byRole("cousin").surname);
    expect(byRole("child").home).not.toBe(byRole("cousin").home);
    expect(
      written("gp-registrations.ndjson", "child").map((fields) => [fields["family_name"], fields["nhs_number"] !== ""]),
    ).toEqual([
      ["Parry", true],
      ["Hollis", false],
    ]);
  });

  test("the mother has two surnames and one wrong digit", () => {
    expect(written("council-tax.csv", "mother")[0]?.["last_name"]).toBe("Hollis");
    expect(written("gp-registrations.ndjson", "mother")[0]?.["family_name"]).toBe("Parry");
    const typed = written("adult-social-care.csv", "mother")[0]?.["NHS Number"] ?? "";
    const digits = Array.from(typed).filter((digit, at) => digit !== byRole("mother").nhsNumber[at]);
    expect(digits).toHaveLength(1);
    expect(getType("nhs_number").parse(typed)).toBeUndefined();
  });

  test("twins, and a father and son of one name, live together", () => {
    expect(byRole("twin").born).toBe(byRole("other twin").born);
    expect(byRole("twin").home).toBe(byRole("other twin").home);
    expect([byRole("father").forename, byRole("father").surname]).toEqual([byRole("son").forename, byRole("son").surname]);
    expect(byRole("father").home).toBe(byRole("son").home);
    expect(written("council-tax.csv", "son")).toHaveLength(1);
  });
});

describe("the wards", () => {
  const features = wards.map(({ code, ring }) => ({
    type: "Feature" as const,
    properties: { code },
    geometry: { type: "Polygon" as const, coordinates: [ring.map(([x, y]) => [x, y])] },
  }));

  test("are eight, one of them town and one rural, with clockwise rings that close", () => {
    expect(wards.map(({ kind }) => kind).filter((kind) => kind !== "suburb")).toEqual(["town", "rural"]);
    expect(wards).toHaveLength(8);
    for (const { ring } of wards) expect(ring.at(-1)).toEqual(ring[0]);
    for (const feature of features) expect(geoArea(feature)).toBeLessThan(0.001);
  });

  test("each hold their own centre, and no point of another", () => {
    for (const feature of features) expect(geoContains(feature, geoCentroid(feature))).toBe(true);
    const misplaced = town.homes.filter(({ point, ward }) => {
      const around = features.filter((feature) => geoContains(feature, [point[0], point[1]]));
      return around.length !== 1 || around[0]?.properties.code !== ward;
    });
    expect(misplaced.length).toBeLessThan(3); // d3 follows great circles, the town straight lines
    const overlapping = town.homes.filter(({ point }) => wards.filter(({ ring }) => isInside(point, ring)).length !== 1);
    expect(overlapping).toEqual([]);
  });

  test("meet: every inner side belongs to two wards, and the outer sides make one border", () => {
    const sides = new Map<string, number>();
    for (const { ring } of wards) {
      ring.slice(1).forEach((to, at) => {
        const key = [String(ring[at]), String(to)].toSorted().join(" ");
        sides.set(key, (sides.get(key) ?? 0) + 1);
      });
    }
    const counts = [...sides.values()];
    expect(counts.filter((count) => count === 1)).toHaveLength(50);
    expect(counts.filter((count) => count === 2)).toHaveLength(75);
    expect(counts.filter((count) => count > 2)).toEqual([]);
  });
});

describe("the files", () => {
  const read = (file: string) => readFile(join(folder, file));

  test("are those of the manifest, and the truth lies elsewhere", async () => {
    expect((await readdir(folder)).toSorted()).toEqual(
      [...manifest.sources.map(({ file }) => file), ...manifest.places].toSorted(),
    );
    expect(await readdir(truthFolder)).toEqual(["truth.csv"]);
  });

  test("have bad records exactly where the manifest says", async () => {
    expect(manifest.sources.map(({ file, bad }) => [file, bad.length])).toEqual([
      ["council-tax.csv", 4],
      ["adult-social-care.csv", 14],
      ["gp-registrations.ndjson", 5],
    ]);
    for (const { file, bad, records } of manifest.sources) {
      const lines = (await read(file)).toString("latin1").trimEnd().split("\n");
      const header = file.endsWith(".csv") ? 1 : 0;
      expect(lines).toHaveLength(records + bad.length + header);
      const columns = town.sources.find((source) => source.file === file)?.columns.length ?? 0;
      const faulty = lines.flatMap((line, at) => (isFaulty(line, file, columns) ? [at + 1] : []));
      expect(faulty).toEqual(bad.map(({ line }) => line));
    }
  });

  test("hold each canary once, where the manifest says; without the option, none", async () => {
    const kept = Map.groupBy(manifest.canaries, (canary) => canary.kept);
    expect([...kept].map(([why, { length }]) => [why, length])).toEqual([
      ["column", 80],
      ["row", 20],
      ["quarantine", 23],
    ]);
    expect(new Set(manifest.canaries.map(({ text }) => text)).size).toBe(123);
    for (const { text, file } of manifest.canaries) expect((await read(file)).toString("latin1").split(text)).toHaveLength(2);
    const plain = await mkdtemp(join(tmpdir(), "town-"));
    expect((await writeTown(town, plain)).canaries).toEqual([]);
    expect((await readFile(join(plain, "council-tax.csv"))).toString("latin1")).not.toContain(canaryOf(0));
    await rm(plain, { recursive: true });
  });

  test("hold each small group as often as the manifest says", async () => {
    expect(manifest.groups.map(({ count }) => count)).toEqual([4, 7, 6]);
    for (const { value, count, file } of manifest.groups) {
      const good = (await read(file)).toString("latin1").split("\n");
      expect(good.filter((line) => line.includes(value))).toHaveLength(count);
    }
  });

  test("have a truth for every record", async () => {
    const rows = (await readFile(join(truthFolder, "truth.csv"), "utf8")).trimEnd().split("\n").slice(1);
    const records = new Set(town.sources.flatMap(({ file, records }) => records.map(({ recordId }) => `${file},${recordId}`)));
    expect(new Set(rows.map((row) => row.split(",").slice(0, 2).join(",")))).toEqual(records);
    const residents = new Set(town.residents.map(({ id }) => id));
    expect(rows.filter((row) => !residents.has(row.split(",")[2] ?? ""))).toEqual([]);
  });

  test("count every resident once by ward, sex and age", async () => {
    const rows = (await read("ward-population.csv")).toString().trimEnd().split("\n").slice(1);
    expect(rows).toHaveLength(8 * 2 * 6);
    expect(rows.reduce((sum, row) => sum + Number(row.split(",").at(-1)), 0)).toBe(town.residents.length);
    const map = JSON.parse((await read("wards.geojson")).toString()) as { features: readonly unknown[] };
    expect(map.features).toHaveLength(8);
  });
});

/** Whether a line breaks the format, told without the writer's knowledge. */
function isFaulty(line: string, file: string, columns: number): boolean {
  if (file.endsWith(".ndjson")) {
    try {
      return typeof JSON.parse(line) !== "object";
    } catch {
      return true;
    }
  }
  const utf8 = Buffer.from(line, "latin1");
  if (!Buffer.from(utf8.toString("utf8")).equals(utf8)) return true;
  const cells = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? [];
  return cells.length !== columns || cells.join(",") !== line;
}
