/**
 * The numbers that linkage rests on, in one table: for each field and level, m, the chance of the level when two records
 * are of one person, and u, the chance when they are of two; and the weight log2(m/u) in bits (Fellegi and Sunter 1969,
 * doi 10.1080/01621459.1969.10501049).
 *
 * They are stated constants, until a link project trains its own. How they were chosen: u by counting, for a council of
 * some tens of thousands of homes (a birth date is one in 25,000; one household in three thousand; forename and surname
 * equal by chance about 6 in 100,000, since names go with families' origins); m from what clerks are known to do: four
 * names in five written alike, one birth date in twenty with a slip. The weights are set by hand only where a policy
 * says so: sex never counts more than two bits, and two valid NHS numbers that differ are nearly a proof, because the
 * check digit catches every single slip.
 */
export const fieldNames = ["name", "dob", "place", "nhs", "sex"] as const;
export type FieldName = (typeof fieldNames)[number];

export interface Level {
  /** Levels of a field count up from 0, which is "none of these". A missing value has no level and no weight. */
  readonly level: number;
  /** What agrees or differs, in words that quote no value. */
  readonly says: string;
  readonly m: number;
  readonly u: number;
}

export const levelsOf: Readonly<Record<FieldName, readonly Level[]>> = {
  name: [
    { level: 9, says: "Same forename and surname", m: 0.8, u: 0.000_06 },
    { level: 8, says: "Forename and surname the other way round", m: 0.002, u: 0.000_006 },
    { level: 7, says: "Same forename, and one surname is part of the other", m: 0.01, u: 0.000_01 },
    { level: 6, says: "Same surname, and one forename begins the other", m: 0.03, u: 0.000_03 },
    { level: 5, says: "Very similar forename and surname", m: 0.05, u: 0.000_3 },
    { level: 4, says: "Similar forename and surname", m: 0.02, u: 0.000_6 },
    { level: 3, says: "Same surname only", m: 0.03, u: 0.004 },
    { level: 2, says: "Same forename only", m: 0.04, u: 0.01 },
    { level: 1, says: "Similar forename or surname", m: 0.008, u: 0.02 },
    { level: 0, says: "Different names", m: 0.01, u: 0.965 },
  ],
  dob: [
    { level: 5, says: "Same date of birth", m: 0.95, u: 0.000_04 },
    { level: 4, says: "Date of birth with day and month the other way round", m: 0.015, u: 0.000_015 },
    { level: 3, says: "Date of birth with one digit different or two swapped", m: 0.015, u: 0.001 },
    { level: 2, says: "Born in the same month of the same year", m: 0.003, u: 0.001_3 },
    { level: 1, says: "Born in the same year", m: 0.005, u: 0.013 },
    { level: 0, says: "Different dates of birth", m: 0.012, u: 0.984 },
  ],
  place: [
    { level: 5, says: "Same property", m: 0.55, u: 0.000_3 },
    { level: 4, says: "Same postcode", m: 0.25, u: 0.001 },
    { level: 3, says: "Postcode with one character different", m: 0.02, u: 0.004 },
    { level: 2, says: "Same postcode sector", m: 0.03, u: 0.05 },
    { level: 1, says: "Same postcode district", m: 0.05, u: 0.2 },
    { level: 0, says: "Different districts", m: 0.1, u: 0.745 },
  ],
  nhs: [
    { level: 1, says: "Same NHS number", m: 0.999_98, u: 0.000_000_1 },
    { level: 0, says: "Two valid NHS numbers that differ", m: 0.000_02, u: 0.999_999_9 },
  ],
  sex: [
    { level: 1, says: "Same sex", m: 0.875, u: 0.5 },
    { level: 0, says: "Different sex recorded", m: 0.125, u: 0.5 },
  ],
};

/** Odds in bits that two records picked at random are of one person: about one pair in 3,000. */
export const priorBits = -11.6;

/** At or above `upper` a pair is linked, at or below `lower` rejected; between them a person looks at it. Bits. */
export const thresholds = { upper: 5, lower: 0 } as const;

/** The weight of a level in bits, to two decimals, so that what is shown is what is added up. */
export function weightOf({ m, u }: Level): number {
  return Math.round(Math.log2(m / u) * 100) / 100;
}

/** How alike two names must be by Jaro–Winkler to count as very similar, and as similar. */
export const nameLikeness = { very: 0.92, fairly: 0.88 } as const;
