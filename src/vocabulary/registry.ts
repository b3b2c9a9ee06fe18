import type { SemanticType } from "./semantic-type.ts";
import { accountRef } from "./types/account-ref.ts";
import { address } from "./types/address.ts";
import { bankIban } from "./types/bank-iban.ts";
import { caseRef } from "./types/case-ref.ts";
import { category } from "./types/category.ts";
import { email } from "./types/email.ts";
import { geoGssCode } from "./types/geo-gss-code.ts";
import { geoLatitude } from "./types/geo-latitude.ts";
import { geoLongitude } from "./types/geo-longitude.ts";
import { moneyGbp } from "./types/money-gbp.ts";
import { nhsNumber } from "./types/nhs-number.ts";
import { nino } from "./types/nino.ts";
import { number } from "./types/number.ts";
import { orgCharityNumber } from "./types/org-charity-number.ts";
import { orgCompanyNumber } from "./types/org-company-number.ts";
import { orgVatNumber } from "./types/org-vat-number.ts";
import { paymentCard } from "./types/payment-card.ts";
import { personDateOfBirth } from "./types/person-date-of-birth.ts";
import { personForename } from "./types/person-forename.ts";
import { personFullName } from "./types/person-full-name.ts";
import { personSex } from "./types/person-sex.ts";
import { personSurname } from "./types/person-surname.ts";
import { phone } from "./types/phone.ts";
import { pncId } from "./types/pnc-id.ts";
import { postcode } from "./types/postcode.ts";
import { recordId } from "./types/record-id.ts";
import { specialEthnicity } from "./types/special-ethnicity.ts";
import { specialHealth } from "./types/special-health.ts";
import { text } from "./types/text.ts";
import { timeDate } from "./types/time-date.ts";
import { uln } from "./types/uln.ts";
import { upn } from "./types/upn.ts";
import { uprn } from "./types/uprn.ts";
import { url } from "./types/url.ts";
import { utr } from "./types/utr.ts";
import { vehicleReg } from "./types/vehicle-reg.ts";

const all: readonly SemanticType[] = [
  nhsNumber,
  nino,
  utr,
  upn,
  uln,
  pncId,
  paymentCard,
  bankIban,
  vehicleReg,
  orgCompanyNumber,
  orgCharityNumber,
  orgVatNumber,
  uprn,
  postcode,
  personForename,
  personSurname,
  personFullName,
  personDateOfBirth,
  personSex,
  email,
  phone,
  address,
  geoGssCode,
  geoLongitude,
  geoLatitude,
  moneyGbp,
  timeDate,
  specialEthnicity,
  specialHealth,
  accountRef,
  caseRef,
  url,
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
