/**
 * Names of columns that hold a word which elsewhere names a kind of data, and mean something else: a band of ages is no age, a job's
 * title is nobody's title.
 */
const names = `
age band, age group, age range, age bracket, ages, age category, age of vehicle, vehicle age, age of building, average age, mean age,
median age, building age, age of property, construction age band, minimum age, maximum age, lowest age, highest age, low age, high age,
admission age, entry age, school age, retirement age, age limit, leaving age, job title, post title, document title, title
number, book title, title deed, course title, role title, event title, project title, contract title, page title, report title, position
title, place of birth, country of birth, town of birth, birth weight, birth order, birth place, birth country, birth rate, council tax
band, tax band, salary band, income band, price band, pay band, rent band, priority band, number of, no of, count of, total number,
percentage of, proportion of, rate of, file name, table name, column name, street name, road name, area name, ward name, town name, place
name, site name, building name, house name, property name, locality name, lsoa name, msoa name, district name, county name, country name,
region name, station name, river name, event name, product name, course name, team name, stop name, common name, park name, route name,
postcode type, address type, phone type, telephone type, email type, contact type, school type, organisation type, company type, company
status, company category, provider type, supplier type, school year, year group, year built, nc year, national curriculum year, nc year
actual, year of manufacture, email consent, email status, phone status, nhs trust, nhs region, nhs number status, nhs area, nhs england
region, nhs number verification status, nhs number trace status, nhs number status indicator, verification status, trace status, school
phase, school capacity, school meals, free school meals, school places, school gender, school transport, account type, account status,
case status, case type, case outcome, case worker, caseworker, event type, case load, claim type, claim status, pay frequency, cost
centre, cost code, cost frequency, price code, unit type, fee type, collection point, access point, charge point, start point, tipping
point, delivery point, link road, web service, employment status, employee type, staff group, staff type, staffing, student loan, refuge
centre, placement type, sex ratio, gender ratio, gender pay gap, sex offender, race course, faith school, school religious character,
accommodation type, religious character, school denomination, carer status, carer type, has unpaid carer, unpaid carer, property type,
property class, property band, street number, house number, street light, street type, licence type, licence status, licence class,
licence category, vehicle type, vehicle class, vehicle make, vehicle model, registration status, registration date, registration type,
registration district, card type, card transaction, library card, bank holiday, bank name, bank branch, contact method, contact source,
contact outcome, contact reason, contact preference, preferred contact, method of contact, preferred contact method, date format, time
taken, time zone, period of notice, location type, location accuracy, point type, geometry type, coordinate reference system, x section,
grid type, website status, link type, link id, site area, site type, site status, site visit, body text, mail shot, drug type, disability
premium, disability allowance, disabled access, disabled parking, disabled toilet, disabled bays, legal name, risk score, risk rating,
flood risk, risk level, fire risk, adoption status, road adoption, adopted road, nationality, first language, country of origin, adopted
highway, highway adoption, adopted date, charging rate, charge type, charge code, offence count`;

export const plainNames: readonly string[] = names.split(",").map((name) => name.trim().replaceAll("\n", " "));
