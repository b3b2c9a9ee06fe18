/**
 * One record of a person, as linkage reads it: every value normalised by the vocabulary or null. `recordId` names its
 * source too, so that it is unique among all of them. Dates are ISO text.
 */
export interface PersonRecord {
  readonly recordId: string;
  readonly source: string;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly dob: string | null;
  readonly postcode: string | null;
  readonly nhsNumber: string | null;
  readonly uprn: string | null;
  readonly sex: string | null;
}
