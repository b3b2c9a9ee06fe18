/** The kinds of invented columns: headers in use, how a value is made, what the column may be taken for. */
import type { Chance } from "./invented-columns.ts";

type Make = (chance: Chance, row: number) => string;

export interface Kind {
  readonly accepted: readonly string[];
  readonly headers: readonly string[];
  readonly make: Make;
  readonly dirty?: boolean;
}

export interface Trap {
  readonly accepted: readonly string[];
  readonly header: string;
  readonly make: Make;
}

const two = (number: number) => String(number).padStart(2, "0");
const forenames =
  "Oliver Amelia Mohammed Aisha Piotr Katarzyna Gethin Carys Hamish Eilidh Cormac Niamh Chidi Adaeze Harpreet Simran Tomos Lowri Wei Mei Joao Ines Ioana Andrei Ayaan Zeynep Jayden Poppy Harold Doreen Keith Maureen Kwame Abena Tadeusz Grzegorz Seonaid Tegan Jaxon Xanthe".split(
    " ",
  );
const surnames =
  "Smith Jones Patel Khan Nowak Okafor Williams Hughes MacDonald Campbell O'Connor Murphy Singh Kaur Begum Ahmed Taylor Brown Wright Thompson Llewellyn Pritchard Sinclair Buchanan Kowalski Adeyemi Mensah Rahman Hussain Choudhury Quillfeather Marsworth Tollybridge Penhallow Ashgrove-Lee Featherby Nguyen Ionescu Ferreira Wojcik".split(
    " ",
  );
const streets =
  "High Street,Mill Lane,Church Road,Station Road,Victoria Avenue,Park View,Green Lane,Queens Drive,Albert Terrace,Bridge Close".split(
    ",",
  );
const towns = "Wexcombe Ashbourne Hale Sale Stretford Marlow Leigh Bolton Preston Burnley".split(" ");
const consonants = "ABDEFGHJLNPQRSTUWXYZ";

const forename: Make = (c) => c.pick(forenames);
const surname: Make = (c) => c.pick(surnames);
const postcode: Make = (c) =>
  c.valid(
    "postcode",
    () => `${c.pick(["M", "L", "OL", "SK", "BS", "CF", "EH"])}${c.whole(1, 30)} ${c.whole(1, 9)}${c.letters(consonants, 2)}`,
  );
const address: Make = (c) => `${c.whole(1, 240)} ${c.pick(streets)}`;
const fullAddress: Make = (c, row) => `${address(c, row)}, ${c.pick(towns)}, ${postcode(c, row)}`;
const day =
  (from: number, to: number, style: "iso" | "slash" | "dash" | "short" | "words" | "plain" | "american" | "midnight"): Make =>
  (c) => {
    const [year, month, date] = [c.whole(from, to), c.whole(1, 12), c.whole(1, 28)];
    const name = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[month - 1] ?? "";
    if (style === "iso") return `${year}-${two(month)}-${two(date)}`;
    if (style === "slash") return `${two(date)}/${two(month)}/${year}`;
    if (style === "dash") return `${two(date)}-${two(month)}-${year}`;
    if (style === "short") return `${date}/${month}/${two(year % 100)}`;
    if (style === "words") return `${two(date)}-${name}-${year}`;
    if (style === "plain") return `${year}${two(month)}${two(date)}`;
    return style === "american" ? `${month}/${date}/${year}` : `${two(date)}/${two(month)}/${year} 00:00`;
  };
const birth = (style: Parameters<typeof day>[2]) => day(1935, 2020, style);
const recent = (style: Parameters<typeof day>[2]) => day(2018, 2025, style);
const code =
  (prefix: string, digits: number): Make =>
  (c) =>
    `${prefix}${c.digits(digits)}`;
const oneOf = (text: string): Make => {
  const items = text.split("|");
  return (c) => c.pick(items);
};
const phone: Make = (c) =>
  c.pick([
    `0161 496 0${c.digits(3)}`,
    `07700 900${c.digits(3)}`,
    `01632 960${c.digits(3)}`,
    `+44 7700 900${c.digits(3)}`,
    `020 7946 0${c.digits(3)}`,
  ]);
const nhs: Make = (c) => c.valid("nhs_number", () => `999${c.digits(7)}`);
const upn: Make = (c) => c.valid("upn", () => `${c.letters("ABCDEFGHJKLMNPQRTUVWXYZ", 1)}8012${c.digits(8)}`);
const nino: Make = (c) =>
  c.valid("nino", () => `${c.letters("ABCEGHJKLMNPRSTWXYZ", 2)}${c.digits(6)}${c.pick(["A", "B", "C", "D"])}`);
const ethnicity = oneOf(
  "White - British|White: English, Welsh, Scottish, Northern Irish or British|White Irish|Asian or Asian British - Indian|Asian or Asian British: Pakistani|Black African|Black or Black British - Caribbean|Mixed - White and Asian|Any other ethnic group|Chinese|Not stated|White British|White British|White British",
);
const title = oneOf("Mr|Mrs|Miss|Ms|Dr|Mr|Mrs|Prof|Mx");
const company: Make = (c) =>
  `${c.pick(surnames)} ${c.pick(["Ltd", "Limited", "Care Services", "& Sons Ltd", "Plc", "Community Trust", "Primary School", "Surgery", "Construction Ltd", "Housing Association"])}`;
const uprn: Make = (c) => `1000${c.digits(8)}`;
const money: Make = (c) => `${c.whole(0, 4000)}.${c.digits(2)}`;
const lat: Make = (c) => `53.${c.digits(6)}`;
const lon: Make = (c) => `-2.${c.digits(6)}`;
const note: Make = (c) =>
  `${c.pick(["Rang", "Visited", "Wrote to", "Spoke with"])} ${c.pick(["the tenant", "her brother", "the school", "the family"])} about ${c.pick(["the boiler", "a repair", "attendance", "the referral"])} on day ${c.whole(1, 999)}; ${c.pick(["no answer", "will call back", "all well", "to be reviewed"])}.`;

export const kinds: readonly Kind[] = [
  {
    accepted: ["nhs_number"],
    headers: ["NHS Number", "nhs_no", "NHSNumber", "NHS No.", "NHS_NUM", "PatientNHSNumber", "nhsno", "MATCHED_NHS_NO"],
    make: nhs,
  },
  {
    accepted: ["nhs_number"],
    headers: ["NHS number of patient", "nhs id"],
    make: (c, row) => nhs(c, row).replace(/^(...)(...)/, "$1 $2 "),
  },
  {
    accepted: ["chi_number"],
    headers: ["CHI", "chi_number", "CHI No"],
    make: (c) => c.valid("chi_number", () => `${two(c.whole(1, 28))}${two(c.whole(1, 12))}${c.digits(6)}`),
  },
  {
    accepted: ["hsc_number"],
    headers: ["H&C Number", "hcn", "HSC No"],
    make: (c) => c.valid("hsc_number", () => `3${c.digits(9)}`),
  },
  {
    accepted: ["nino"],
    headers: [
      "NI No",
      "NINO",
      "National Insurance Number",
      "nat_ins_no",
      "NINumber",
      "National insurance number",
      "Claimant NINO",
      "NI",
    ],
    make: nino,
  },
  {
    accepted: ["utr"],
    headers: ["UTR", "Unique Taxpayer Reference", "tax_ref"],
    make: (c) => c.valid("utr", () => c.digits(10)),
  },
  { accepted: ["upn"], headers: ["UPN", "Unique Pupil Number", "pupil_upn", "FormerUPN", "formerupn"], make: upn },
  {
    accepted: ["uln"],
    headers: ["ULN", "UniqueLearnerNumber", "uniquelearnernumber", "learner_ref_uln"],
    make: (c) => c.valid("uln", () => c.digits(10)),
  },
  {
    accepted: ["passport_gb"],
    headers: ["Passport number", "passport_no", "PassportNo"],
    make: (c) => `${c.whole(1, 5)}${c.digits(8)}`,
  },
  {
    accepted: ["driving_licence_gb"],
    headers: ["Driving Licence", "driver_number", "DrivingLicenceNo"],
    make: (c) =>
      c.valid(
        "driving_licence_gb",
        () =>
          `${c.letters("ABDEGHIKLMNORSTW", 5)}${c.digits(1)}0${c.whole(1, 9)}${two(c.whole(1, 28))}${c.digits(1)}${c.letters("ABCDEFGH", 2)}9${c.letters("ABCDEFGH", 2)}`,
      ),
  },
  {
    accepted: ["immigration_ref"],
    headers: ["Home Office Ref", "home_office_reference", "BRP Number"],
    make: (c) => `Z${c.letters("ABCX", 1)}${c.digits(7)}`,
  },
  {
    accepted: ["pnc_id"],
    headers: ["PNC", "pnc_id", "PNC Number", "PNCID"],
    make: (c) => c.valid("pnc_id", () => `20${two(c.whole(1, 24))}/${c.digits(7)}${c.letters("ABCDEFGHJKLMNPQRTUVWXYZ", 1)}`),
  },
  {
    accepted: ["cro_number"],
    headers: ["CRO", "cro_number", "CRO No"],
    make: (c) => c.valid("cro_number", () => `${c.digits(6)}/${c.digits(2)}${c.letters("ABCDEFGHJKLMNPQRTUVWXYZ", 1)}`),
  },
  {
    accepted: ["electoral_number"],
    headers: ["Elector Number", "ElectorNumber", "Electoral Register reference number", "roll_no"],
    make: (c) => `${c.pick(["PD", "AB", "KA"])}-${c.whole(1, 2400)}`,
  },
  {
    accepted: ["case_ref"],
    headers: [
      "Case Ref",
      "case_no",
      "CaseID",
      "LA Person Unique Identifier",
      "CHILD",
      "Child Unique ID",
      "LAchildID",
      "Client ID",
      "claim_ref",
      "occurrence_ref",
      "Referral Reference",
      "Person ID",
      "LOCAL_PATIENT_ID",
      "tenancy_ref",
      "nominal_id",
    ],
    make: code("P", 6),
  },
  {
    accepted: ["account_ref"],
    headers: [
      "Council Tax account reference",
      "account_ref",
      "Account No",
      "rent_account_number",
      "CTax Account",
      "NNDR Account Number",
      "ct_ref",
    ],
    make: code("8", 9),
  },
  {
    accepted: ["employee_number"],
    headers: ["Employee reference number", "employee_no", "StaffNumber", "Payroll No", "Emp No"],
    make: code("", 6),
  },
  { accepted: ["professional_reg"], headers: ["GMC Number", "SW_ID", "nmc_pin", "Social Work England No"], make: code("SW", 6) },
  {
    accepted: ["blue_badge"],
    headers: ["Blue Badge Number", "badge_no", "BlueBadgeNo"],
    make: (c) => `${c.letters("ABCDEF", 2)}${c.digits(4)}`,
  },
  {
    accepted: ["email"],
    headers: ["Email", "email_address", "EmailAddress", "E-mail", "Contact Email", "charity_contact_email", "Parent/Carer email"],
    make: (c) => `${c.pick(forenames)}.${c.whole(1, 999)}@example.org`.toLowerCase(),
  },
  {
    accepted: ["phone"],
    headers: [
      "Tel",
      "Telephone",
      "home_telephone_number",
      "MobileNumber",
      "Mobile telephone number",
      "Phone No",
      "contact_phone",
      "Mob",
      "TELEPHONE_NUMBER",
      "Landline",
    ],
    make: phone,
  },
  {
    accepted: ["phone"],
    headers: ["phone", "Tel No", "Home telephone number"],
    make: (c, row) =>
      phone(c, row)
        .replaceAll(" ", "")
        .replace(/^(?:\+44|0)/, ""),
  },
  {
    accepted: ["online_id"],
    headers: ["IP Address", "ip", "MAC address", "source_ip"],
    make: (c) => `10.${c.whole(0, 255)}.${c.whole(0, 255)}.${c.whole(1, 254)}`,
  },
  { accepted: ["online_id"], headers: ["dev_eui", "DeviceEUI"], make: (c) => `70B3D57ED00${c.letters("0123456789ABCDEF", 5)}` },
  { accepted: ["person.title"], headers: ["Title", "title", "Salutation", "CustTitle", "Applicant Title"], make: title },
  {
    accepted: ["person.forename"],
    headers: [
      "Forename",
      "first_name",
      "FirstName",
      "Fname",
      "Given Name",
      "GIVEN_NAME",
      "Elector Forename",
      "Forename(s)",
      "pers_forename",
      "middlenames",
      "Child First Name",
      "HeadFirstName",
      "Preferred Forename",
    ],
    make: forename,
  },
  {
    accepted: ["person.surname"],
    headers: [
      "Surname",
      "last_name",
      "LastName",
      "Sname",
      "Family Name",
      "FAMILY_NAME",
      "Elector Surname",
      "ElectorSurname",
      "pers_surname",
      "PreferredSurname",
      "Tenant Surname",
      "HeadLastName",
      "Maiden name",
    ],
    make: surname,
  },
  {
    accepted: ["person.full_name"],
    headers: [
      "Full Name",
      "Name",
      "tenant_name",
      "Name of child",
      "CustomerName",
      "Allocated Worker",
      "Elector Name",
      "Registered manager",
      "Social Worker",
      "Officer name",
    ],
    make: (c, row) => `${forename(c, row)} ${surname(c, row)}`,
  },
  {
    accepted: ["person.full_name"],
    headers: ["claimant_name", "Applicant"],
    make: (c, row) => `${surname(c, row)}, ${forename(c, row)}`,
  },
  {
    accepted: ["person.date_of_birth"],
    headers: ["DOB", "Date of Birth", "dob", "PersonBirthDate", "pers_dob", "Elector DOB", "MC_DOB", "DATE_OF_BIRTH"],
    make: birth("slash"),
  },
  { accepted: ["person.date_of_birth"], headers: ["D.O.B.", "birth_date", "Born"], make: birth("short") },
  { accepted: ["person.date_of_birth"], headers: ["dateofbirth", "DoB", "Child DOB"], make: birth("words") },
  { accepted: ["person.date_of_birth"], headers: ["DATE_OF_BIRTH", "BirthDate"], make: birth("plain") },
  { accepted: ["person.date_of_birth"], headers: ["dob", "Date Of Birth (Child)"], make: birth("midnight") },
  {
    accepted: ["person.date_of_death"],
    headers: ["Date of Death", "DATE_OF_DEATH", "PersonDeathDate", "DoD"],
    make: recent("slash"),
  },
  {
    accepted: ["person.age"],
    headers: ["Age", "Age of Child (Years)", "age_of_casualty", "client_age"],
    make: (c) => String(c.whole(0, 97)),
  },
  {
    accepted: ["person.sex"],
    headers: ["Sex", "Gender", "SEX", "sex_of_driver", "GenderCurrent", "pers_sex", "Legal Sex"],
    make: oneOf("M|F|M|F|U"),
    dirty: false,
  },
  { accepted: ["person.sex"], headers: ["gender", "Sex"], make: oneOf("Male|Female|Male|Female|Not known") },
  { accepted: ["person.sex"], headers: ["SEX", "gender_code"], make: oneOf("1|2|1|2|9"), dirty: false },
  {
    accepted: ["person.relationship"],
    headers: ["Relationship", "relationship_to_child", "RelationshipType", "NOK Relationship"],
    make: oneOf("Mother|Father|Grandmother|Step-father|Foster carer|Sister|Aunt|Other relative"),
  },
  {
    accepted: ["special.ethnicity"],
    headers: ["Ethnicity", "ethnic_group", "EthnicOrigin", "Ethnic Category", "ethnicity description", "Ethnic Background"],
    make: ethnicity,
  },
  {
    accepted: ["special.ethnicity"],
    headers: ["ETHNIC", "Ethnicity", "ethnicity_code"],
    make: oneOf("WBRI|WBRI|WIRI|APKN|AIND|BCRB|BAFR|MWBC|NOBT|WOTH|OOTH|CHNE"),
  },
  { accepted: ["special.ethnicity"], headers: ["EthnicCategory", "ethnic_cat"], make: oneOf("A|A|A|B|C|H|J|N|Z"), dirty: false },
  {
    accepted: ["special.ethnicity"],
    headers: ["ethnicity_16_1", "Self-defined ethnicity"],
    make: oneOf("W1|W1|W2|W9|A1|A2|B1|B2|M1|O9|NS"),
  },
  {
    accepted: ["special.religion"],
    headers: ["Religion", "religious_belief", "Faith", "ReligionDesc"],
    make: oneOf("Christian|No religion|Muslim|Hindu|Sikh|Church of England|Roman Catholic|Not stated"),
  },
  {
    accepted: ["special.health"],
    headers: [
      "Diagnosis",
      "primary_support_reason",
      "Medication",
      "Long term condition",
      "Disability",
      "SEN Primary Need",
      "Allergies",
    ],
    make: oneOf("Learning Disability Support|Asthma|Epilepsy|Physical support|Mental Health Support|Diabetes"),
  },
  {
    accepted: ["special.health"],
    headers: [
      "Dementia",
      "Autism Spectrum Disorder (ASD)",
      "Visual Impairment",
      "Does the Child have a Disability",
      "Disabled",
      "HEALTH_CHECK",
    ],
    make: oneOf("Yes|No|No|Unknown"),
  },
  {
    accepted: ["special.icd10"],
    headers: ["ICD10", "icd_10_code", "Primary Diagnosis Code", "DIAG_ICD"],
    make: (c) => `${c.letters("ABCDEFGHIJKLMN", 1)}${c.digits(2)}.${c.digits(1)}`,
  },
  {
    accepted: ["special.snomed"],
    headers: ["SNOMED Code", "snomed_ct", "SCTID", "SnomedConceptId"],
    make: (c) => c.valid("special.snomed", () => `${c.whole(1, 9)}${c.digits(7)}`),
  },
  {
    accepted: ["special.orientation"],
    headers: ["Sexual Orientation", "sexual_orientation", "Sexuality"],
    make: oneOf("Heterosexual|Straight|Gay or Lesbian|Bisexual|Prefer not to say|Heterosexual"),
  },
  {
    accepted: ["special.belief"],
    headers: ["Trade Union", "union_membership", "Political Affiliation"],
    make: oneOf("UNISON|GMB|None|Unite|Member"),
  },
  {
    accepted: ["special.biometric"],
    headers: ["Fingerprint", "face_image", "DNA Profile"],
    make: (c) => `scan_${c.digits(6)}.png`,
  },
  {
    accepted: ["criminal.offence"],
    headers: ["Offence", "offence_description", "CONVICTED", "DBS Result", "Index Offence"],
    make: oneOf("Common assault|Theft from a shop|Criminal damage|Drink driving|Burglary dwelling"),
  },
  {
    accepted: ["protected.safeguarding"],
    headers: ["CP Plan", "Looked After", "MARAC", "InCare", "Latest Category of Abuse", "da_flag", "Child Protection Plan"],
    make: oneOf("Y|N|N|N"),
  },
  { accepted: ["text.note", "text"], headers: ["Notes", "case_note", "Narrative", "Comments"], make: note },
  {
    accepted: ["address"],
    headers: [
      "Address",
      "address_line_1",
      "Address1",
      "ADDRESS_LINE1",
      "PropertyAddress1",
      "Home Address",
      "addr_1",
      "Street",
      "RegAddress.AddressLine1",
    ],
    make: address,
  },
  { accepted: ["address"], headers: ["Full Address", "Placement address", "postal_address"], make: fullAddress },
  {
    accepted: ["postcode"],
    headers: [
      "Postcode",
      "post_code",
      "PCode",
      "PostCode",
      "Post Code",
      "HOME_POST",
      "PL_POST",
      "Placement postcode",
      "pcds",
      "PC",
      "Location Postal Code",
      "RegAddress.PostCode",
    ],
    make: postcode,
  },
  { accepted: ["postcode"], headers: ["postcode", "pcd7"], make: (c, row) => postcode(c, row).replace(" ", "").toLowerCase() },
  {
    accepted: ["postcode.outcode"],
    headers: ["Postcode district", "outcode", "PostcodeOutward"],
    make: (c, row) => postcode(c, row).split(" ")[0] ?? "",
  },
  {
    accepted: ["uprn"],
    headers: [
      "UPRN",
      "uprn",
      "Unique property reference number (UPRN)",
      "uniquepropertyreferencenumber",
      "Location UPRN ID",
      "PARENT_UPRN",
      "Property UPRN",
    ],
    make: uprn,
  },
  { accepted: ["usrn"], headers: ["USRN", "usrn", "Unique Street Reference"], make: (c) => `2300${c.digits(4)}` },
  {
    accepted: ["geo.gss_code"],
    headers: [
      "LSOA code",
      "ward_code",
      "lad25cd",
      "LSOA11CD",
      "wd25cd",
      "AreaCode",
      "oa21cd",
      "lsoa_of_casualty",
      "GSS Code",
      "msoa21cd",
    ],
    make: (c) => `E0${c.pick([1, 2, 5])}${c.digits(6)}`,
  },
  { accepted: ["geo.latitude", "geo.point"], headers: ["Latitude", "lat", "LATITUDE", "geo_lat"], make: lat },
  { accepted: ["geo.longitude", "geo.point"], headers: ["Longitude", "lng", "LONGITUDE", "long"], make: lon },
  {
    accepted: ["geo.easting", "geo.point"],
    headers: ["Easting", "X_COORDINATE", "location_easting_osgr", "east1m", "polling_place_easting"],
    make: (c) => `3${c.digits(5)}`,
  },
  {
    accepted: ["geo.northing", "geo.point"],
    headers: ["Northing", "Y_COORDINATE", "location_northing_osgr", "north1m", "polling_place_northing"],
    make: (c) => `4${c.digits(5)}`,
  },
  {
    accepted: ["geo.point"],
    headers: ["Location", "coordinates", "geom", "LatLong"],
    make: (c, row) => `${lat(c, row)}, ${lon(c, row)}`,
  },
  {
    accepted: ["geo.point"],
    headers: ["wkt_geom", "geometry"],
    make: (c, row) => `POINT (${lon(c, row)} ${lat(c, row)})`,
    dirty: false,
  },
  {
    accepted: ["org.name"],
    headers: [
      "Organisation",
      "company_name",
      "SupplierName",
      "Supplier (beneficiary)",
      "Provider Name",
      "CompanyName",
      "Employer",
      "Body name",
      "EstablishmentName",
      "Vendor Name",
      "BusinessName",
      "Recipient Org:Name",
      "charity_name",
    ],
    make: company,
  },
  {
    accepted: ["org.company_number"],
    headers: [
      "Company Number",
      "company_no",
      "CompanyNumber",
      "Companies House No",
      "Recipient Org:Company Number",
      "charity_company_registration_number",
      "company_registration_number",
    ],
    make: (c) => c.pick([`0${c.digits(7)}`, `1${c.digits(7)}`, `SC${c.digits(6)}`, c.digits(7).replace(/^0/, "3")]),
  },
  {
    accepted: ["org.charity_number"],
    headers: ["Charity Number", "charity_no", "registered_charity_number", "CharityRegNo", "Recipient Org:Charity Number"],
    make: (c) => `1${c.digits(6)}`,
  },
  {
    accepted: ["org.vat_number"],
    headers: ["VAT Number", "vat_reg_no", "VATRegistrationNumber"],
    make: (c) => `GB${c.valid("org.vat_number", () => `${c.whole(1, 9)}${c.digits(8)}`)}`,
  },
  { accepted: ["org.site_code"], headers: ["URN", "School URN", "urn", "URN of Placement"], make: code("1", 5) },
  {
    accepted: ["org.site_code"],
    headers: ["GP Practice Code", "ods_code", "Location ODS Code", "GP_PRACTICE_CODE"],
    make: code("P8", 4),
  },
  {
    accepted: ["org.site_code"],
    headers: ["Location ID", "Provider CQC Location ID", "cqc_id"],
    make: (c) => `1-${c.digits(9)}`,
  },
  { accepted: ["org.site_code"], headers: ["LAESTAB", "DfE Number", "estab"], make: (c) => `801/${c.digits(4)}` },
  { accepted: ["org.site_code"], headers: ["UKPRN", "ukprn"], make: (c) => `100${c.digits(5)}` },
  {
    accepted: ["bank.account"],
    headers: ["Sort code", "sort_code", "Bank Sort Code"],
    make: (c) => `20-${c.digits(2)}-${c.digits(2)}`,
  },
  { accepted: ["bank.account"], headers: ["Bank account", "bank_account_number", "Bank Acc No"], make: (c) => c.digits(8) },
  {
    accepted: ["bank.iban"],
    headers: ["IBAN", "iban", "Supplier IBAN"],
    make: (c) => c.valid("bank.iban", () => `GB${c.digits(2)}WEST${c.digits(14)}`),
  },
  {
    accepted: ["payment_card"],
    headers: ["Card Number", "card_no", "PAN"],
    make: (c) => c.valid("payment_card", () => `4${c.digits(15)}`),
  },
  {
    accepted: ["money.gbp"],
    headers: [
      "Amount",
      "net_amount",
      "InvoiceAmount",
      "Gross pay to date",
      "Unit Cost",
      "Council Tax amount",
      "Weekly Rent",
      "Amount Awarded",
      "latest_income",
      "Total (£)",
      "annual_salary",
      "Price",
    ],
    make: money,
  },
  { accepted: ["money.gbp"], headers: ["Value", "paid"], make: (c, row) => `£${money(c, row)}` },
  {
    accepted: ["vehicle_reg"],
    headers: ["VRM", "vehicle_registration", "Reg No", "Number Plate", "VehicleReg"],
    make: (c) => c.valid("vehicle_reg", () => `${c.letters("ABCDEFGH", 2)}${c.whole(10, 24)} ${c.letters("ABCDEFGH", 3)}`),
  },
  {
    accepted: ["time.date"],
    headers: [
      "Date",
      "start_date",
      "Referral Date",
      "Event Start Date",
      "DECOM",
      "DEC",
      "MIS_START",
      "Date left",
      "CINclosureDate",
      "Invoice date",
      "review",
      "entrydate",
      "Date of Contact",
      "DATE_PLACED",
      "STATE_DATE",
    ],
    make: recent("slash"),
  },
  { accepted: ["time.date"], headers: ["inspection_date", "IncorporationDate", "Effective from"], make: recent("iso") },
  { accepted: ["time.date"], headers: ["Due date", "Last Seen"], make: recent("american") },
  {
    accepted: ["time.instant"],
    headers: ["reported_at", "CreationDateTime", "Timestamp", "received_at", "Date/Time"],
    make: (c, row) => `${recent("iso")(c, row)}T${two(c.whole(0, 23))}:${two(c.whole(0, 59))}:00Z`,
  },
  {
    accepted: ["time.instant"],
    headers: ["occurred_from", "Date and time of call"],
    make: (c, row) => `${recent("slash")(c, row)} ${two(c.whole(0, 23))}:${two(c.whole(0, 59))}`,
  },
  {
    accepted: ["time.period"],
    headers: ["Financial Year", "academic_year", "AcademicYear", "FY"],
    make: (c) => c.pick(["2021/22", "2022/23", "2023/24", "2024/25", "2019/20"]),
  },
  {
    accepted: ["time.period"],
    headers: ["Month", "period", "Reporting month"],
    make: (c) => `20${c.whole(18, 25)}-${two(c.whole(1, 12))}`,
  },
  { accepted: ["time.period"], headers: ["dointr", "doterm"], make: (c) => `20${two(c.whole(0, 25))}${two(c.whole(1, 12))}` },
  {
    accepted: ["url"],
    headers: ["Website", "url", "WebAddress", "charity_contact_web"],
    make: (c) => `https://www.example.org/${c.digits(4)}`,
  },
  {
    accepted: ["record_id"],
    headers: ["Record ID", "objectid", "UNIQUE REFERENCE", "row_id"],
    make: (_, row) => String(100_000 + row * 3),
    dirty: false,
  },
];

/**
 * Headers in further styles, for the same values. They were set down after the words of the types, to measure them; what they
 * showed led to the short forms (acc, emp, num) and to no word of a type. Not independent: the same people wrote both.
 */
export const controlHeaders: readonly (readonly [string, readonly string[]])[] = [
  ["nhs_number", ["Pat_NHS_No", "NHS Number (10 digit)", "Nhs_Number_1"]],
  ["nino", ["N.I. Number", "cust_nino", "NatInsNo", "NI_NUMBER_APPLICANT"]],
  ["upn", ["Pupil UPN", "UPN_Current", "Upn No"]],
  ["uln", ["ULN_Ident", "Learner No (ULN)"]],
  ["utr", ["UTR Number", "Supplier UTR"]],
  ["passport_gb", ["Passport", "Passport_Number_GB"]],
  ["driving_licence_gb", ["Driver Licence Number", "DrvLicNo Licence"]],
  ["pnc_id", ["PNC ID No", "Offender PNC"]],
  ["cro_number", ["CRO Ref", "CRO_NUM"]],
  ["case_ref", ["CaseReference", "SWIFT_ID", "Mosaic ID", "client_number", "Case File No", "ReferralID"]],
  ["account_ref", ["CTAX_ACC_NO", "AccountReference", "Council Tax Acc", "Rent Acc No"]],
  ["employee_number", ["EMPLOYEE_NUM", "Staff ID", "PayrollNumber"]],
  ["email", ["Email1", "E-Mail Address (work)", "ContactEmailAddress"]],
  ["phone", ["Tel1", "PhoneNumber", "Mobile 1", "Daytime Tel", "Contact Number", "Telephone_Home"]],
  ["person.title", ["Name_Title", "Client Title", "Title1"]],
  [
    "person.forename",
    ["FirstName1", "Forenames", "Pupil Forename", "First Names", "FORENAME_1", "Client Firstname", "Middle Name(s)"],
  ],
  [
    "person.surname",
    ["SURNAME_1", "Surname of claimant", "Pupil Surname", "Lastname", "Client Last Name", "LegalSurname", "PatSurname"],
  ],
  ["person.full_name", ["Customer Full Name", "Pupil Name", "Client Name", "Name of applicant", "ContactName"]],
  [
    "person.date_of_birth",
    ["DateOfBirth", "Pupil DOB", "Client D.O.B", "dob1", "DT_BIRTH", "BIRTH_DATE", "Applicant Date of Birth"],
  ],
  ["person.date_of_death", ["Deceased Date", "DateOfDeath"]],
  ["person.age", ["Age (years)", "AgeAtReferral", "Current Age"]],
  ["person.sex", ["Sex/Gender", "Gender Desc", "Client Sex", "GENDER_1"]],
  ["special.ethnicity", ["Ethnic Grp", "EthnicityDesc", "Client Ethnicity", "ETHNICITY_CD"]],
  ["special.religion", ["Religion/Belief", "Client Religion", "RELIGION_CD"]],
  ["special.icd10", ["ICD-10", "Diag_ICD10_1", "Primary ICD10 Diagnosis"]],
  ["special.snomed", ["Snomed_CT_Code", "SNOMED CT Concept ID"]],
  ["special.health", ["Primary Diagnosis Desc", "Client Disability", "Long-term conditions", "SEN Need"]],
  ["criminal.offence", ["Offence Desc", "Main Offence", "OffenceType"]],
  ["protected.safeguarding", ["Is LAC?", "CPP flag", "Safeguarding Concern", "Looked After Child"]],
  ["address", ["Address Line 2", "ADDR_LINE_1", "Home Addr", "AddressLine1", "Prop Address"]],
  ["postcode", ["Post_Code", "Postcode1", "HomePostcode", "POST CODE", "Client PCode", "ADDR_POSTCODE"]],
  ["uprn", ["LLPG UPRN", "uprn_no", "BLPU_UPRN"]],
  ["geo.gss_code", ["LSOA21CD", "Ward GSS Code", "LAD22CD", "WD23CD", "LSOA"]],
  ["geo.easting", ["EASTING_M", "Eastings", "X Easting", "GridRefEasting"]],
  ["geo.northing", ["NORTHING_M", "Northings", "Y Northing", "GridRefNorthing"]],
  ["geo.latitude", ["Lat_WGS84", "LATITUDE_DD", "site_lat"]],
  ["geo.longitude", ["Lon_WGS84", "LONGITUDE_DD", "site_long"]],
  ["org.name", ["Supplier", "Provider", "Organisation_Name", "School Name", "Practice Name", "Contractor Name", "Business name"]],
  ["org.company_number", ["CompanyRegNo", "Supplier Company No", "COMPANY_NUM", "Companies House Number"]],
  ["org.charity_number", ["Charity Reg No", "CharityNo", "Charity Registration Number"]],
  ["org.vat_number", ["VAT Reg", "VAT_NO", "Supplier VAT Number"]],
  ["bank.account", ["Sort_Code_1", "Payee Sort Code"]],
  ["money.gbp", ["Amount (GBP)", "NetAmount", "Invoice Value", "Total Cost", "Payment_Amount", "Annual Salary (£)"]],
  ["vehicle_reg", ["Vehicle Reg No", "Car Registration", "RegMark", "VRN"]],
  ["time.date", ["Start Dt", "CaseOpenDate", "Date Opened", "Closed_On", "Effective Date", "Date_Registered", "EndDate"]],
  ["time.instant", ["DateTime", "Logged At", "created_datetime", "Call Date Time"]],
  ["time.period", ["Fin Year", "FinancialYear", "Tax Year", "Academic Yr"]],
  ["url", ["Web site", "Link", "Homepage URL"]],
];

const quiet = ["none", "text", "measure", "category"];

export const traps: readonly Trap[] = [
  { accepted: [...quiet, "record_id"], header: "local_ref", make: (c) => `4${c.digits(9)}` },
  { accepted: [...quiet, "record_id"], header: "Membership", make: (_, row) => String(1_000_000_000 + row) },
  { accepted: [...quiet, "record_id", "case_ref"], header: "Contact ID", make: (c) => `12${c.digits(8)}` },
  { accepted: [...quiet, "phone"], header: "daytime", make: (c) => `1614960${c.digits(3)}` },
  { accepted: quiet, header: "Council Tax band", make: oneOf("A|B|C|D|E|F|G|H") },
  { accepted: quiet, header: "band", make: oneOf("A|B|C|D|E|F|G|H") },
  { accepted: quiet, header: "current_energy_rating", make: oneOf("B|C|D|E|F") },
  { accepted: [...quiet, "time.period"], header: "month", make: oneOf("January|February|March|April|May|June|July|August") },
  {
    accepted: [...quiet, "time.period"],
    header: "day_of_week",
    make: oneOf("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
  },
  { accepted: [...quiet, "address"], header: "street_name", make: (c) => c.pick(streets) },
  { accepted: [...quiet, "address"], header: "Town", make: (c) => c.pick(towns) },
  { accepted: quiet, header: "direction", make: oneOf("North|South|East|West") },
  { accepted: quiet, header: "Orientation", make: oneOf("N|S|E|W") },
  { accepted: [...quiet, "time.period"], header: "value_year", make: (c) => String(c.whole(1990, 2025)) },
  { accepted: quiet, header: "Year group", make: (c) => String(c.whole(1, 11)) },
  { accepted: quiet, header: "pupils", make: (c) => String(c.whole(1, 999)) },
  { accepted: [...quiet, "money.gbp"], header: "price_index", make: money },
  { accepted: [...quiet, "record_id"], header: "id", make: (_, row) => String(10_000_000 + row * 11) },
  { accepted: [...quiet, "record_id"], header: "concept_ref", make: (c) => `${c.whole(1, 9)}${c.digits(11)}` },
  { accepted: [...quiet, "uprn"], header: "property", make: uprn },
  { accepted: quiet, header: "CIPFA expenditure code", make: (c) => String(c.whole(1000, 9999)) },
  { accepted: quiet, header: "Payment frequency", make: (c) => String(c.whole(1, 52)) },
  { accepted: quiet, header: "Elector Number Suffix", make: (c) => String(c.whole(0, 1)) },
  { accepted: quiet, header: "ALGORITHMIC_TRACE_DOB_SCORE_PERC", make: (c) => String(c.whole(0, 100)) },
  { accepted: quiet, header: "no_of_children", make: (c) => String(c.whole(0, 6)) },
  { accepted: quiet, header: "age_of_vehicle", make: (c) => String(c.whole(0, 20)) },
  { accepted: [...quiet, "time.period"], header: "year_built", make: (c) => String(c.whole(1850, 2020)) },
  { accepted: [...quiet, "record_id", "case_ref"], header: "Application Number", make: (c) => `${c.digits(5)}/${c.digits(2)}` },
  { accepted: quiet, header: "Party", make: oneOf("A|B|C|D") },
  { accepted: quiet, header: "conditions", make: oneOf("Wet|Dry|Icy|Snow") },
  { accepted: quiet, header: "hearing", make: oneOf("Committee|Appeal|Delegated") },
  { accepted: [...quiet, "address"], header: "ward", make: oneOf("Hale|Sale Moor|Timperley|Bowdon|Ashton|Preston|Milton") },
  { accepted: quiet, header: "Age band", make: oneOf("0-15|16-24|25-44|45-64|65+") },
  { accepted: quiet, header: "Job Title", make: oneOf("Manager|Director|Social Worker|Head Teacher|Officer|Team Leader") },
  { accepted: [...quiet, "address"], header: "Place of birth", make: (c) => c.pick(towns) },
  { accepted: quiet, header: "Case Status", make: oneOf("Open|Closed|Pending") },
  { accepted: quiet, header: "account_type", make: oneOf("A1|B2|C3") },
  { accepted: quiet, header: "NHS number status", make: oneOf("01|02|03|04") },
  { accepted: [...quiet, "org.name"], header: "NHS Trust", make: (c) => `${c.pick(towns)} Hospitals NHS Foundation Trust` },
  { accepted: quiet, header: "Number of Referrals in Last 12 Months", make: (c) => String(c.whole(0, 7)) },
  { accepted: quiet, header: "Number of Previous Child Protection Plans", make: (c) => String(c.whole(0, 5)) },
  { accepted: quiet, header: "disabled_population", make: (c) => String(c.whole(100, 4000)) },
  { accepted: quiet, header: "SDQ_SCORE", make: (c) => String(c.whole(0, 40)) },
  { accepted: quiet, header: "MATCHED_CONFIDENCE_PERCENTAGE", make: (c) => String(c.whole(50, 100)) },
  { accepted: [...quiet, "org.site_code"], header: "LocalAuthorityCode", make: (c) => String(c.whole(100, 999)) },
  {
    accepted: [...quiet, "criminal.offence"],
    header: "Crime type",
    make: oneOf("Burglary|Shoplifting|Vehicle crime|Robbery|Other theft"),
  },
  { accepted: quiet, header: "Outcome code", make: oneOf("A1|B2|C3|D4") },
  { accepted: quiet, header: "PLACE", make: oneOf("U1|U2|K1|A3|R1|Z11") },
  { accepted: quiet, header: "CoordinateReferenceSystem", make: oneOf("WGS84|OSGB36") },
  { accepted: quiet, header: "species", make: oneOf("Silver Birch|English Oak|Rowan|Hazel|Holly|Common Ash|Wild Cherry") },
  { accepted: quiet, header: "MerchantCategoryCode", make: (c) => String(c.whole(3000, 8999)) },
  { accepted: quiet, header: "temperature", make: (c) => `${c.whole(-5, 30)}.${c.digits(1)}` },
  { accepted: quiet, header: "lat_ms", make: (c) => String(c.whole(10, 400)) },
  { accepted: [...quiet, "record_id"], header: "asset_tag", make: (c) => `${c.letters("ABCD", 1)}${c.digits(2)}` },
  { accepted: quiet, header: "Decision", make: oneOf("Approved|Refused|Withdrawn") },
  { accepted: [...quiet, "record_id"], header: "Invoice number", make: (c) => c.digits(9) },
  { accepted: [...quiet, "record_id"], header: "barcode", make: (c) => `50${c.digits(11)}` },
  { accepted: quiet, header: "Language", make: oneOf("ENG|CYM|GAE|ENG|ENG") },
  { accepted: quiet, header: "First language", make: oneOf("English|Polish|Urdu|Welsh|Punjabi") },
  { accepted: quiet, header: "Nationality", make: oneOf("British|Irish|Polish|Indian|Pakistani|British") },
  { accepted: quiet, header: "status", make: oneOf("R|P|N|V") },
  { accepted: quiet, header: "class", make: oneOf("M|F|C|T") },
  { accepted: [...quiet, "special.health"], header: "casualty_severity", make: oneOf("1|2|3") },
];
