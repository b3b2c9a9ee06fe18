import type { Home } from "./homes.ts";
import type { NewResident } from "./people.ts";

/**
 * The people whose stories the sample has to tell: a mother whose surname changed and her child of eight, the child's
 * cousin of the same forename born the same month, grown-up twins in one house, and a father and son of one name.
 * `homes` are five empty ones; the first is a flat, so that its number can be written in several ways.
 */
export function plantedPeople(homes: readonly Home[]): readonly NewResident[] {
  const [flat, uncle, before, twins, namesakes] = homes;
  if (!flat || !uncle || !before || !twins || !namesakes) throw new Error("Five homes are needed.");
  const white = { ethnicity: "White British" };
  const polish = { surname: "Nowak", sex: "M", ethnicity: "Other White", home: namesakes } as const;
  const twin = { surname: "Rahman", sex: "F", born: "1991-05-17", ethnicity: "Bangladeshi", home: twins } as const;
  return [
    {
      ...white,
      role: "mother",
      forename: "Rhiannon",
      surname: "Hollis",
      formerSurname: "Parry",
      sex: "F",
      born: "1990-11-08",
      home: flat,
      formerHome: before,
    },
    {
      ...white,
      role: "child",
      forename: "Callum",
      surname: "Hollis",
      formerSurname: "Parry",
      sex: "M",
      born: "2017-09-14",
      home: flat,
      formerHome: before,
    },
    { ...white, role: "uncle", forename: "Gareth", surname: "Parry", sex: "M", born: "1987-02-21", home: uncle },
    { ...white, role: "cousin", forename: "Callum", surname: "Parry", sex: "M", born: "2017-09-23", home: uncle },
    { ...twin, role: "twin", forename: "Amina" },
    { ...twin, role: "other twin", forename: "Amira" },
    { ...polish, role: "father", forename: "Piotr", born: "1966-04-02" },
    { ...polish, role: "son", forename: "Piotr", born: "1994-12-19" },
  ];
}
