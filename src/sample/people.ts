import { ageOn, addDays, asAt } from "./dates.ts";
import type { Home } from "./homes.ts";
import { communities, type Community } from "./names.ts";
import type { Random } from "./random.ts";

export interface Resident {
  readonly id: string;
  readonly forename: string;
  readonly surname: string;
  /** A surname some records still carry: before marriage, or before a change. */
  readonly formerSurname?: string;
  readonly sex: "F" | "M";
  readonly born: string;
  readonly ethnicity: string;
  readonly nhsNumber: string;
  readonly home: Home;
  /** Where some records still say they live. */
  readonly formerHome?: Home;
  /** The part played in the planted stories, where there is one: "mother", "cousin" … */
  readonly role?: string;
}

export type NewResident = Omit<Resident, "id" | "nhsNumber">;

type Make = (sex: "F" | "M", least: number, most: number, surname?: string) => NewResident;

/** One household for a home: alone, a couple, parents and children, three generations, or a shared house. */
export function makeHousehold(random: Random, home: Home, homes: readonly Home[]): readonly NewResident[] {
  const community = random.weighted(communities.map((community) => [community, community.share] as const));
  const make = maker(random, home, homes, community);
  const sex = () => (random.chance(0.52) ? "F" : "M");
  const kind = random.weighted([
    ["alone", 24],
    ["old couple", 17],
    ["couple", 15],
    ["family", 26],
    ["lone parent", 9],
    ["three generations", 5],
    ["shared", 4],
  ] as const);
  if (kind === "alone") return [make(sex(), 22, 92)];
  if (kind === "shared") return Array.from({ length: random.between(3, 4) }, () => make(sex(), 19, 35));
  if (kind === "couple" || kind === "old couple")
    return couple(random, make, kind === "couple" ? 23 : 62, kind === "couple" ? 60 : 90);
  const parents = kind === "lone parent" ? [make("F", 22, 48)] : couple(random, make, 26, 50);
  const surname = parents[0]?.surname ?? "";
  const youngest = Math.min(...parents.map(({ born }) => ageOn(born, asAt)));
  const children = Array.from({ length: random.between(1, kind === "three generations" ? 3 : 2) }, () =>
    make(sex(), 0, Math.max(1, Math.min(21, youngest - 20)), surname),
  );
  const grandparent = kind === "three generations" ? [make(sex(), youngest + 22, Math.max(youngest + 24, 88), surname)] : [];
  return [...parents, ...children, ...grandparent];
}

function couple(random: Random, make: Make, least: number, most: number): readonly NewResident[] {
  const one = make("M", least, most);
  const age = ageOn(one.born, asAt);
  const other = make("F", Math.max(18, age - 6), age + 4);
  if (!random.chance(0.72)) return [one, other];
  const { surname: formerSurname, ...rest } = other;
  return [
    one,
    { ...rest, surname: one.surname, ...(random.chance(0.3) && formerSurname !== one.surname ? { formerSurname } : {}) },
  ];
}

function maker(random: Random, home: Home, homes: readonly Home[], community: Community): Make {
  return (sex, least, most, surname) => {
    const born = addDays(asAt, -Math.floor((random.between(least, most) + random.next()) * 365.2425));
    const named = namesFor(community, born);
    return {
      forename: random.pick(sex === "F" ? named.women : named.men),
      surname: surname ?? random.pick(named.surnames),
      sex,
      born,
      ethnicity: random.weighted(community.ethnicities),
      home,
      ...(random.chance(0.12) ? { formerHome: random.pick(homes) } : {}),
    };
  };
}

/** The two British lists go by year of birth, whichever the household drew. */
function namesFor(community: Community, born: string): Community {
  if (!community.name.startsWith("British")) return community;
  return communities[born < "1970" ? 0 : 1] ?? community;
}
