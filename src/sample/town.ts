import { adultSocialCare } from "./adult-social-care.ts";
import { councilTax } from "./council-tax.ts";
import { gpRegistrations } from "./gp-registrations.ts";
import { makeHomes, type Home } from "./homes.ts";
import { nhsNumbers } from "./nhs-numbers.ts";
import { makeHousehold, type Resident } from "./people.ts";
import { plantedPeople } from "./planted.ts";
import { createRandom } from "./random.ts";
import type { Source } from "./source.ts";
import { wards, type Ward } from "./wards.ts";

/** A whole invented place: who lives where, and what three services have written down about it. */
export interface Town {
  readonly seed: number;
  readonly wards: readonly Ward[];
  readonly homes: readonly Home[];
  readonly residents: readonly Resident[];
  readonly sources: readonly Source[];
}

const homesWanted = 900;
const emptyShare = 0.02;

/** Makes the town of Wexcombe. The same seed gives the same town, byte for byte. */
export function generateTown(seed: number): Town {
  const random = createRandom(seed);
  const homes = makeHomes(random, homesWanted);
  const kept = homesForStories(homes);
  const lived = homes.filter((home) => !kept.includes(home) && !random.chance(emptyShare));
  const people = [...lived.flatMap((home) => makeHousehold(random, home, lived)), ...plantedPeople(kept)];
  const numbers = nhsNumbers(random, people.length);
  const residents = people.map((person, at) => ({
    ...person,
    id: `W${String(at + 1).padStart(5, "0")}`,
    nhsNumber: numbers[at] ?? "",
  }));
  const sources = [councilTax(random, residents), adultSocialCare(random, residents), gpRegistrations(random, residents)];
  return { seed, wards, homes, residents, sources };
}

/** Five homes in five wards that only the planted people live in; the first is a flat. */
function homesForStories(homes: readonly Home[]): readonly Home[] {
  const flat = homes.filter(({ address }) => address.startsWith("Flat 2"))[0];
  const houses = wards
    .filter(({ code }) => code !== flat?.ward)
    .map(({ code }) => homes.filter(({ ward }) => ward === code)[3])
    .filter((home) => home !== undefined);
  return flat ? [flat, ...houses.slice(0, 4)] : houses.slice(0, 5);
}
