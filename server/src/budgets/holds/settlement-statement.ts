/**
 * Settles a batch on PostgreSQL. The pools are locked first, in the order of their ids; only then the
 * holds are looked for, so that a hold that another replica settled meanwhile is gone here. What a
 * pool can pay of each charge follows from the charges before it: the least of their sum and the
 * balance, before and after. An uncollected entry takes its charge's id with a letter changed, which
 * sorts it behind the charge. Answers a row for each pool that a hold that was there had held of.
 */
const SETTLE = `
WITH l AS MATERIALIZED (
  SELECT id, balance, balance - held AS available FROM pools
  WHERE id = ANY ($7::text[]) ORDER BY id FOR UPDATE
), g AS (
  DELETE FROM holds WHERE id = ANY ($1::text[]) AND (SELECT count(*) FROM l) >= 0
  RETURNING id, coin_pool_id, coins, token_pool_id, tokens
), s AS MATERIALIZED (
  SELECT a.n, a.id, a.at, v.*, l.balance, l.available,
    sum(v.cost) OVER (PARTITION BY v.pool_id ORDER BY a.n ROWS UNBOUNDED PRECEDING) AS upto
  FROM g
    JOIN unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
      WITH ORDINALITY AS a (id, at, coins, tokens, coin_entry_id, token_entry_id, n) ON a.id = g.id
    CROSS JOIN LATERAL (VALUES
      (g.coin_pool_id, a.coin_entry_id, a.coins, g.coins, true),
      (g.token_pool_id, a.token_entry_id, a.tokens, g.tokens, false)
    ) AS v (pool_id, entry_id, cost, held, is_coins)
    LEFT JOIN l ON l.id = v.pool_id
  WHERE v.pool_id IS NOT NULL
), x AS MATERIALIZED (
  SELECT s.*, (LEAST(upto, balance) - LEAST(upto - cost, balance))::bigint AS collected
  FROM s WHERE balance IS NOT NULL
), p AS (
  UPDATE pools AS p SET balance = p.balance - t.collected, held = p.held - t.held
  FROM (
    SELECT pool_id, sum(collected)::bigint AS collected, sum(held)::bigint AS held
    FROM x GROUP BY pool_id
  ) AS t
  WHERE p.id = t.pool_id
), e AS (
  INSERT INTO ledger_entries (id, pool_id, at, kind, amount, request_log_id)
  SELECT entry_id, pool_id, at, 'charge', -cost, id FROM x WHERE cost > 0
  UNION ALL
  SELECT overlay(entry_id PLACING 'c' FROM 20), pool_id, at, 'uncollected', cost - collected, id
  FROM x WHERE collected < cost
)
SELECT s.n, s.is_coins, s.available,
  s.held - (LEAST(upto, balance) - LEAST(upto - cost, balance))::bigint AS freed
FROM s`;

/**
 * One settlement of a hold of one pool that can pay all of it, as most are when little is to do, at half
 * the price. Fails, with a division by zero, where it is anything else.
 */
export const SETTLE_ONE_HOLD = `
WITH l AS MATERIALIZED (
  SELECT id FROM pools WHERE id = $5 FOR UPDATE
), g AS (
  DELETE FROM holds
  WHERE id = $1 AND (coin_pool_id = $5 AND token_pool_id IS NULL OR token_pool_id = $5 AND coin_pool_id IS NULL)
    AND (SELECT count(*) FROM l) >= 0
  RETURNING coins + tokens AS amount
), p AS (
  UPDATE pools SET balance = balance - $3::bigint, held = held - g.amount
  FROM g WHERE pools.id = $5 AND balance >= $3::bigint
  RETURNING balance - held AS available
), e AS (
  INSERT INTO ledger_entries (id, pool_id, at, kind, amount, request_log_id)
  SELECT $4, $5, $2, 'charge', -$3::bigint, $1 FROM p WHERE $3::bigint > 0
)
SELECT (SELECT available FROM p), 1 / (SELECT count(*) FROM p)::int`;

/** Passes over holds that are gone. */
export const SETTLE_HOLDS = `${SETTLE} ORDER BY s.n`;

/** Fails, with a division by zero, where a hold is gone. */
export const SETTLE_ALL_HOLDS = `${SETTLE}
WHERE (SELECT 1 / (count(*) = cardinality($1::text[]))::int FROM g) = 1 ORDER BY s.n`;
