import { join, sql, stage, type Fragment, type Leaf, type Stage } from "../../../sql/fragment.ts";

/**
 * Which pairs are worth comparing. Three rules, each an equality of keys: the NHS number; the date of birth; the postcode
 * with the first letter of the surname, which bears with a mistyped surname and needs no date of birth.
 */
export const blockingRules: readonly { readonly rule: number; readonly label: string; readonly key: Fragment }[] = [
  { rule: 1, label: "NHS number", key: sql`nhs_number` },
  { rule: 2, label: "date of birth", key: sql`CAST(dob AS VARCHAR)` },
  { rule: 3, label: "postcode and first letter of surname", key: sql`postcode || ' ' || left(surname, 1)` },
];

/**
 * Pairs of records that share a key, once each, with the first rule that found them: `left_id`, `right_id`, `rule`; the
 * lower id is left. A key that more than `maxGroup` records share makes many pairs and few matches: it is dropped before
 * the rules are compared, so that a later rule may still find its pairs, and `cutGroupsStage` reports it.
 */
export function blockedPairsStage(records: Stage | Leaf, maxGroup: number): Stage {
  const keyed = keyedStage(records, maxGroup);
  const pairs = blockingRules.map(({ rule }) => {
    const sameKey = equalKeys(rule);
    const foundBefore = blockingRules
      .filter((earlier) => earlier.rule < rule)
      .map((earlier) => sql`NOT coalesce(${equalKeys(earlier.rule)}, false)`);
    return sql`
    SELECT l.record_id AS left_id, r.record_id AS right_id, ${rule}::INTEGER AS rule
    FROM ${keyed} AS l JOIN ${keyed} AS r ON ${sameKey} AND l.record_id < r.record_id
    WHERE ${join(foundBefore, " AND ", "true")}`;
  });
  return stage("blocked_pairs", join(pairs, " UNION ALL "));
}

/** What the cap left out: for each rule, how many keys, records and pairs. No key itself, since keys are personal. */
export function cutGroupsStage(records: Stage | Leaf, maxGroup: number): Stage {
  const cut = blockingRules.map(
    ({ rule, label, key }) => sql`
    SELECT ${rule}::INTEGER AS rule, ${label} AS label, count(*) AS keys, coalesce(sum(n), 0)::BIGINT AS records,
      coalesce(sum(n * (n - 1) // 2), 0)::BIGINT AS pairs
    FROM (SELECT count(*) AS n FROM ${records} WHERE (${key}) IS NOT NULL GROUP BY ${key} HAVING count(*) > ${maxGroup})`,
  );
  return stage("cut_groups", join(cut, " UNION ALL "));
}

function keyedStage(records: Stage | Leaf, maxGroup: number): Stage {
  const keys = blockingRules.map(
    ({ rule, key }) => sql`CASE WHEN count(*) OVER (PARTITION BY ${key}) <= ${maxGroup} THEN ${key} END AS ${keyName(rule)}`,
  );
  return stage("blocking_keys", sql`SELECT record_id, ${join(keys, ", ")} FROM ${records}`, { materialized: true });
}

function equalKeys(rule: number): Fragment {
  return sql`l.${keyName(rule)} = r.${keyName(rule)}`;
}

function keyName(rule: number): Fragment {
  const names = [sql`key_1`, sql`key_2`, sql`key_3`];
  return names[rule - 1] ?? sql`NULL`;
}
