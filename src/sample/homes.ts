import type { Random } from "./random.ts";
import { isInside, wards, type Position, type Ward } from "./wards.ts";

export interface Home {
  readonly uprn: string;
  readonly address: string;
  /** Ways in which clerks have written the address. */
  readonly variants: readonly string[];
  readonly postcode: string;
  readonly ward: string;
  readonly point: Position;
}

const firstWords =
  `Mill Church Station Victoria Albert Chapel Orchard Priory Tanner Weaver Kiln Brook Elm Willow Hazel Larch Rowan Poplar Canal Bridge
  Quarry Meadow Harvest Foundry Ropewalk Saddler Cooper Swan Heron Kestrel Lark Wren Beacon Ridge Barley Clover Bramble Sorrel Thistle Teasel Garrison
  Almoner Chantry Cloister Pilgrim Turnpike Toll Wharf Lock Osier Sedge Marsh Fen Drove Holloway Pound Court Castle Keep Moat Tower Abbot Friar Prior
  Northgate Eastgate Gallows Market Butter Corn Fish Silver Bell Crown Rose Lion Star Sun Moon Angel Anchor Plough Wheat`
    .trim()
    .split(/\s+/);
const lastWords = ["Road", "Street", "Lane", "Close", "Avenue", "Drive", "Way", "Terrace", "Gardens", "Grove"] as const;
const inwardLetters = "ABDEFGHJLNPQRSTUWXYZ";
const homesPerStreet = 12;

/**
 * About `count` homes on the streets of the eight wards. Postcodes begin ZX, an area that Royal Mail has not allocated,
 * and UPRNs begin 9990, so neither can be a real place; both are well formed.
 */
export function makeHomes(random: Random, count: number): readonly Home[] {
  const streets = random.shuffled(
    firstWords.flatMap((first) =>
      random
        .shuffled(lastWords)
        .slice(0, 2)
        .map((last) => `${first} ${last}`),
    ),
  );
  let street = 0;
  let serial = 0;
  return wards.flatMap((ward, wardAt) => {
    const wanted = Math.round(count * ward.homes);
    const homes: Home[] = [];
    while (homes.length < wanted) {
      const name = streets[street] ?? `Street ${street}`;
      const postcode = postcodeOf(wardAt, street);
      street += 1;
      for (const { address, variants } of numbersOn(random, name, ward.kind)) {
        if (homes.length === wanted) break;
        serial += 1;
        const uprn = `9990${String(serial * 37).padStart(8, "0")}`;
        homes.push({ uprn, address, variants, postcode, ward: ward.code, point: pointIn(random, ward) });
      }
    }
    return homes;
  });
}

function numbersOn(random: Random, street: string, kind: Ward["kind"]): readonly Pick<Home, "address" | "variants">[] {
  const house = (at: number) => ({ address: `${at} ${street}`, variants: [`${at}, ${street}`, `${at} ${shortened(street)}`] });
  const flats = (at: number) =>
    [1, 2, 3, 4].map((flat) => ({
      address: `Flat ${flat}, ${at} ${street}`,
      variants: [`${flat}/${at} ${street}`, `Flt ${flat} ${at} ${shortened(street)}`, `${at}${"ABCD"[flat - 1] ?? ""} ${street}`],
    }));
  const first = random.between(1, 30);
  const numbers = Array.from({ length: homesPerStreet }, (_, at) => first + at * 2);
  return numbers.flatMap((at) => (kind === "town" && random.chance(0.25) ? flats(at) : [house(at)]));
}

function shortened(street: string): string {
  const short: Readonly<Record<string, string>> = {
    Road: "Rd",
    Street: "St",
    Lane: "Ln",
    Avenue: "Ave",
    Drive: "Dr",
    Gardens: "Gdns",
  };
  return street.replace(/\w+$/, (last) => short[last] ?? last);
}

function postcodeOf(ward: number, street: number): string {
  const letter = (at: number) => inwardLetters[at % inwardLetters.length] ?? "A";
  return `ZX${1 + Math.floor(ward / 2)} ${1 + (ward % 2) * 4 + (street % 4)}${letter(street * 3)}${letter(street * 7 + 5)}`;
}

function pointIn(random: Random, { ring }: Ward): Position {
  const range = (axis: 0 | 1) => {
    const all = ring.map((point) => point[axis]);
    return { least: Math.min(...all), most: Math.max(...all) };
  };
  const [x, y] = [range(0), range(1)];
  for (;;) {
    const point = [x.least + random.next() * (x.most - x.least), y.least + random.next() * (y.most - y.least)] as const;
    if (isInside(point, ring)) return [Math.round(point[0] * 1e6) / 1e6, Math.round(point[1] * 1e6) / 1e6];
  }
}
