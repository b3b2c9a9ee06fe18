import type { AreaFrom, MetAreas } from "../../engine/index.ts";
import type { Field } from "../catalogue/index.ts";
import type { AreaGuide } from "./area-guides.ts";
import { isGrid, namesOf } from "./positions.ts";

/** Fewer rows of a hundred than this in any area are no reason for a column. */
const leastShare = 0.01;

/** What a join came to, in sentences, and whether it makes a column. */
export function whatWasFound(
  met: MetAreas,
  { from, guide, fields }: { readonly from: AreaFrom; readonly guide: AreaGuide; readonly fields: readonly Field[] },
): { readonly makesColumn: boolean; readonly words: readonly string[] } {
  const by = namesOf(from, fields);
  if (met.given === 0) return { makesColumn: false, words: [`No row has anything in ${by}`] };
  if (from.kind !== "value" && met.distinct === 1 && met.rows > 1)
    return {
      makesColumn: false,
      words: ["All rows with a position have the same one, so it does not say where they are"],
    };
  if (met.inside < met.given * leastShare || met.inside === 0)
    return { makesColumn: false, words: [`${number(met.inside)} of ${number(met.given)} rows lie in it by ${by}`] };
  return {
    makesColumn: true,
    words: guide.lookUp ? lookedUp(met, by, guide.lookUp) : placed(met, by, guide, isGrid(from, fields)),
  };
}

function placed(met: MetAreas, by: string, { areas }: AreaGuide, grid: boolean): readonly string[] {
  const outside = met.given - met.inside;
  const without = met.rows - met.given;
  return [
    `${number(met.inside)} of ${number(met.given)} rows with a position lie in ${number(met.areas)} of ${number(areas)} areas, by ${by}`,
    ...(outside === 0 ? [] : [`${number(outside)} of ${number(met.given)} rows with a position lie outside them`]),
    ...(met.swapped === 0
      ? []
      : [`${number(met.swapped)} of ${number(met.rows)} rows have the two the wrong way round, and so no position`]),
    ...(without === 0 ? [] : [`${number(without)} of ${number(met.rows)} rows have no position`]),
    ...(grid ? ["metres of the National Grid are turned into degrees, true to about 5 metres"] : []),
  ];
}

function lookedUp(
  met: MetAreas,
  by: string,
  { values, whole, share, dataset, value }: NonNullable<AreaGuide["lookUp"]>,
): readonly string[] {
  const missing = met.given - met.inside;
  const parted = values - whole;
  return [
    `${number(met.inside)} of ${number(met.given)} rows are found in “${dataset}” by ${by}`,
    ...(missing === 0 ? [] : [`${number(missing)} of ${number(met.given)} rows have a value that is not there`]),
    ...(parted === 0
      ? []
      : [
          `best fit: ${number(parted)} of ${number(values)} values there have rows of more than one ${value}, and count for the one that most have, ${Math.round(share * 100)} % of those rows`,
        ]),
  ];
}

function number(count: number): string {
  return count.toLocaleString("en-GB");
}
