import { sql, stage, type Fragment, type Leaf, type Stage } from "../../../sql/fragment.ts";
import { nameLikeness } from "./parameters.ts";

/**
 * The level of every field for every candidate pair: `left_id`, `right_id`, `rule`, `name_level`, `dob_level`,
 * `place_level`, `nhs_level`, `sex_level`. Proved equal to `compareRecords` by test. Likeness of names is worked out once
 * for each pair of distinct values, not for each pair of records.
 */
export function comparisonStage(records: Stage | Leaf, pairs: Stage): Stage {
  const sides = stage(
    "pair_sides",
    sql`
    SELECT p.left_id, p.right_id, p.rule,
      l.forename AS l_forename, r.forename AS r_forename, l.surname AS l_surname, r.surname AS r_surname,
      l.dob AS l_dob, r.dob AS r_dob, l.postcode AS l_postcode, r.postcode AS r_postcode,
      l.nhs_number AS l_nhs, r.nhs_number AS r_nhs, l.uprn AS l_uprn, r.uprn AS r_uprn, l.sex AS l_sex, r.sex AS r_sex
    FROM ${pairs} AS p
    JOIN ${records} AS l ON l.record_id = p.left_id
    JOIN ${records} AS r ON r.record_id = p.right_id`,
  );
  const likeForenames = likenessStage(sides, "forename_likeness", sql`l_forename`, sql`r_forename`);
  const likeSurnames = likenessStage(sides, "surname_likeness", sql`l_surname`, sql`r_surname`);
  return stage(
    "comparisons",
    sql`
    SELECT left_id, right_id, rule, ${nameLevel} AS name_level, ${dobLevel} AS dob_level, ${placeLevel} AS place_level,
      ${equality(sql`l_nhs`, sql`r_nhs`)} AS nhs_level, ${equality(sql`l_sex`, sql`r_sex`)} AS sex_level
    FROM ${sides}
    LEFT JOIN ${likeForenames} AS f ON f.l_value = l_forename AND f.r_value = r_forename
    LEFT JOIN ${likeSurnames} AS s ON s.l_value = l_surname AND s.r_value = r_surname`,
  );
}

function likenessStage(sides: Stage, name: string, left: Fragment, right: Fragment): Stage {
  return stage(
    name,
    sql`
    SELECT l_value, r_value, jaro_winkler_similarity(l_value, r_value) AS likeness
    FROM (SELECT DISTINCT ${left} AS l_value, ${right} AS r_value FROM ${sides} WHERE ${left} IS NOT NULL AND ${right} IS NOT NULL)`,
    { materialized: true },
  );
}

function equality(left: Fragment, right: Fragment): Fragment {
  return sql`CASE WHEN ${left} IS NULL OR ${right} IS NULL THEN NULL WHEN ${left} = ${right} THEN 1 ELSE 0 END`;
}

function hasWord(long: Fragment, word: Fragment): Fragment {
  return sql`contains(' ' || replace(${long}, '-', ' ') || ' ', ' ' || ${word} || ' ')`;
}

const [lf, rf, ls, rs] = [sql`l_forename`, sql`r_forename`, sql`l_surname`, sql`r_surname`];
const { very, fairly } = nameLikeness;

const nameLevel = sql`CASE
    WHEN (${lf} IS NULL OR ${rf} IS NULL) AND (${ls} IS NULL OR ${rs} IS NULL) THEN NULL
    WHEN ${lf} = ${rf} AND ${ls} = ${rs} THEN 9
    WHEN ${lf} = ${rs} AND ${ls} = ${rf} THEN 8
    WHEN ${lf} = ${rf} AND (${hasWord(ls, rs)} OR ${hasWord(rs, ls)}) THEN 7
    WHEN ${ls} = ${rs} AND (starts_with(${lf}, ${rf}) OR starts_with(${rf}, ${lf})) THEN 6
    WHEN f.likeness >= ${very} AND s.likeness >= ${very} THEN 5
    WHEN f.likeness >= ${fairly} AND s.likeness >= ${fairly} THEN 4
    WHEN ${ls} = ${rs} THEN 3
    WHEN ${lf} = ${rf} THEN 2
    WHEN f.likeness >= ${very} OR s.likeness >= ${very} THEN 1
    ELSE 0 END`;

const dobLevel = sql`CASE
    WHEN l_dob IS NULL OR r_dob IS NULL THEN NULL
    WHEN l_dob = r_dob THEN 5
    WHEN year(l_dob) = year(r_dob) AND month(l_dob) = day(r_dob) AND day(l_dob) = month(r_dob) THEN 4
    WHEN damerau_levenshtein(strftime(l_dob, '%Y%m%d'), strftime(r_dob, '%Y%m%d')) = 1 THEN 3
    WHEN year(l_dob) = year(r_dob) AND month(l_dob) = month(r_dob) THEN 2
    WHEN year(l_dob) = year(r_dob) THEN 1
    ELSE 0 END`;

const placeLevel = sql`CASE
    WHEN l_uprn = r_uprn THEN 5
    WHEN l_postcode IS NULL OR r_postcode IS NULL THEN NULL
    WHEN l_postcode = r_postcode THEN 4
    WHEN length(l_postcode) = length(r_postcode) AND hamming(rpad(l_postcode, 8, ' '), rpad(r_postcode, 8, ' ')) = 1 THEN 3
    WHEN left(l_postcode, -2) = left(r_postcode, -2) THEN 2
    WHEN left(l_postcode, -4) = left(r_postcode, -4) THEN 1
    ELSE 0 END`;
