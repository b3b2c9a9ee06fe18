import type { SemanticType } from "./semantic-type.ts";
import { accountRef } from "./types/account-ref.ts";
import { address } from "./types/address.ts";
import { bankAccount } from "./types/bank-account.ts";
import { bankIban } from "./types/bank-iban.ts";
import { blueBadge } from "./types/blue-badge.ts";
import { caseRef } from "./types/case-ref.ts";
import { category } from "./types/category.ts";
import { chiNumber } from "./types/chi-number.ts";
import { criminalOffence } from "./types/criminal-offence.ts";
import { croNumber } from "./types/cro-number.ts";
import { drivingLicenceGb } from "./types/driving-licence-gb.ts";
import { drivingLicenceNi } from "./types/driving-licence-ni.ts";
import { electoralNumber } from "./types/electoral-number.ts";
import { email } from "./types/email.ts";
import { employeeNumber } from "./types/employee-number.ts";
import { geoEasting } from "./types/geo-easting.ts";
import { geoGssCode } from "./types/geo-gss-code.ts";
import { geoLatitude } from "./types/geo-latitude.ts";
import { geoLongitude } from "./types/geo-longitude.ts";
import { geoNorthing } from "./types/geo-northing.ts";
import { geoPoint } from "./types/geo-point.ts";
import { hscNumber } from "./types/hsc-number.ts";
import { immigrationRef } from "./types/immigration-ref.ts";
import { moneyGbp } from "./types/money-gbp.ts";
import { nhsNumber } from "./types/nhs-number.ts";
import { nino } from "./types/nino.ts";
import { number } from "./types/number.ts";
import { onlineId } from "./types/online-id.ts";
import { orgCharityNumber } from "./types/org-charity-number.ts";
import { orgCompanyNumber } from "./types/org-company-number.ts";
import { orgName } from "./types/org-name.ts";
import { orgSiteCode } from "./types/org-site-code.ts";
import { orgVatNumber } from "./types/org-vat-number.ts";
import { passportGb } from "./types/passport-gb.ts";
import { paymentCard } from "./types/payment-card.ts";
import { percentage } from "./types/percentage.ts";
import { personAge } from "./types/person-age.ts";
import { personDateOfBirth } from "./types/person-date-of-birth.ts";
import { personDateOfDeath } from "./types/person-date-of-death.ts";
import { personForename } from "./types/person-forename.ts";
import { personFullName } from "./types/person-full-name.ts";
import { personRelationship } from "./types/person-relationship.ts";
import { personSex } from "./types/person-sex.ts";
import { personSurname } from "./types/person-surname.ts";
import { personTitle } from "./types/person-title.ts";
import { phone } from "./types/phone.ts";
import { pncId } from "./types/pnc-id.ts";
import { postcodeOutcode } from "./types/postcode-outcode.ts";
import { postcodePseudo } from "./types/postcode-pseudo.ts";
import { postcode } from "./types/postcode.ts";
import { professionalReg } from "./types/professional-reg.ts";
import { protectedSafeguarding } from "./types/protected-safeguarding.ts";
import { recordId } from "./types/record-id.ts";
import { specialBelief } from "./types/special-belief.ts";
import { specialBiometric } from "./types/special-biometric.ts";
import { specialEthnicity } from "./types/special-ethnicity.ts";
import { specialHealth } from "./types/special-health.ts";
import { specialIcd10 } from "./types/special-icd10.ts";
import { specialOrientation } from "./types/special-orientation.ts";
import { specialReligion } from "./types/special-religion.ts";
import { specialSnomed } from "./types/special-snomed.ts";
import { textNote } from "./types/text-note.ts";
import { text } from "./types/text.ts";
import { timeDate } from "./types/time-date.ts";
import { timeInstant } from "./types/time-instant.ts";
import { timeOfDay } from "./types/time-of-day.ts";
import { timePeriod } from "./types/time-period.ts";
import { uln } from "./types/uln.ts";
import { upn } from "./types/upn.ts";
import { uprn } from "./types/uprn.ts";
import { url } from "./types/url.ts";
import { usrn } from "./types/usrn.ts";
import { utr } from "./types/utr.ts";
import { vehicleReg } from "./types/vehicle-reg.ts";
import { yesNo } from "./types/yes-no.ts";

const all: readonly SemanticType[] = [
  nhsNumber,
  chiNumber,
  hscNumber,
  nino,
  utr,
  upn,
  uln,
  passportGb,
  drivingLicenceGb,
  drivingLicenceNi,
  immigrationRef,
  pncId,
  croNumber,
  electoralNumber,
  caseRef,
  accountRef,
  employeeNumber,
  professionalReg,
  blueBadge,
  email,
  phone,
  onlineId,
  personTitle,
  personForename,
  personSurname,
  personFullName,
  personDateOfBirth,
  personDateOfDeath,
  personAge,
  personSex,
  personRelationship,
  specialEthnicity,
  specialReligion,
  specialHealth,
  specialIcd10,
  specialSnomed,
  specialOrientation,
  specialBelief,
  specialBiometric,
  criminalOffence,
  protectedSafeguarding,
  textNote,
  address,
  postcode,
  postcodeOutcode,
  postcodePseudo,
  uprn,
  usrn,
  geoGssCode,
  geoPoint,
  geoLongitude,
  geoLatitude,
  geoEasting,
  geoNorthing,
  orgName,
  orgCompanyNumber,
  orgCharityNumber,
  orgVatNumber,
  orgSiteCode,
  bankAccount,
  bankIban,
  paymentCard,
  moneyGbp,
  vehicleReg,
  timeDate,
  timeInstant,
  timePeriod,
  timeOfDay,
  url,
  percentage,
  yesNo,
  number,
  category,
  recordId,
  text,
];

/** Every semantic type by its id. */
export const semanticTypes: ReadonlyMap<string, SemanticType> = new Map(all.map((type) => [type.id, type]));

/** What a column is when nothing more is known: shown to nobody until somebody says what it holds. */
export const textType: SemanticType = text;

/** The type with this id. Ids are the program's own words, so an unknown one is a fault, not an answer. */
export function getType(id: string): SemanticType {
  const type = semanticTypes.get(id);
  if (!type) throw new Error(`There is no semantic type ${id}.`);
  return type;
}
