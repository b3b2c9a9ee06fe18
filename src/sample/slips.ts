import { addDays } from "./dates.ts";
import { nicknames } from "./names.ts";
import type { Resident } from "./people.ts";
import type { Random } from "./random.ts";

/** How carefully a source is kept: the share of records with each slip. */
export interface Care {
  readonly typing: number;
  readonly nickname: number;
  readonly oldSurname: number;
  readonly dayMonthSwapped: number;
  readonly dateSlip: number;
  readonly nhsMissing: number;
  readonly oldHome: number;
}

/** A person as one source has them. */
export interface Written {
  readonly forename: string;
  readonly surname: string;
  readonly born: string;
  readonly nhsNumber: string;
  readonly address: string;
  readonly postcode: string;
  readonly uprn: string;
  readonly ward: string;
}

/** Writes a person down as a busy clerk would. The people of the planted stories get only the slips their story has. */
export function writeDown(random: Random, person: Resident, care: Care): Written {
  const careful = person.role !== undefined;
  const slips = (share: number) => random.chance(share) && !careful;
  const nickname = nicknames.get(person.forename);
  const forename = slips(care.nickname) && nickname ? random.pick(nickname) : person.forename;
  const surname = slips(care.oldSurname) && person.formerSurname ? person.formerSurname : person.surname;
  const home = slips(care.oldHome) && person.formerHome ? person.formerHome : person.home;
  return {
    forename: slips(care.typing) ? mistyped(random, forename) : forename,
    surname: slips(care.typing) ? mistyped(random, surname) : surname,
    born: slips(care.dayMonthSwapped) ? swapped(person.born) : slips(care.dateSlip) ? slipped(random, person.born) : person.born,
    nhsNumber: slips(care.nhsMissing) ? "" : person.nhsNumber,
    address: slips(0.15) ? random.pick(home.variants) : home.address,
    postcode: home.postcode,
    uprn: home.uprn,
    ward: home.ward,
  };
}

/** Two letters swapped, one doubled, one left out, or one replaced by its neighbour in the alphabet. */
export function mistyped(random: Random, name: string): string {
  const letters = Array.from(name);
  const at = random.between(1, Math.max(1, letters.length - 2));
  const letter = letters[at] ?? "";
  const next = letters[at + 1] ?? "";
  return random
    .pick([
      [...letters.slice(0, at), next, letter, ...letters.slice(at + 2)],
      [...letters.slice(0, at), letter, ...letters.slice(at)],
      [...letters.slice(0, at), ...letters.slice(at + 1)],
      [
        ...letters.slice(0, at),
        String.fromCharCode(97 + ((letter.toLowerCase().charCodeAt(0) - 96) % 26)),
        ...letters.slice(at + 1),
      ],
    ])
    .join("");
}

/** Day and month the wrong way round, where that is a date too. */
function swapped(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return Number(day) <= 12 ? `${year}-${day}-${month}` : date;
}

/** Out by a day, ten days or a year. */
function slipped(random: Random, date: string): string {
  return addDays(date, random.pick([-1, 1, 10, -10, 365, -365]));
}

/** An NHS number with one digit wrong, which therefore fails its check. */
export function oneDigitWrong(nhsNumber: string): string {
  const digit = Number(nhsNumber[6]);
  return `${nhsNumber.slice(0, 6)}${(digit + 1) % 10}${nhsNumber.slice(7)}`;
}
