/**
 * The statements of holds on PostgreSQL, each for a whole batch. All lock the pools first, in the
 * order of their ids, and only then touch holds: so none waits for another in a circle. What is read
 * of a pool is what was locked, never what the statement saw when it began.
 */

/**
 * An ask fits if what was asked for up to it, in the order of asking, is there in each of its pools.
 * What did not fit counts for those behind it all the same; they ask again.
 */
const FITS = `
  (a.coin_pool_id IS NULL OR a.coins_upto <= c.available OR a.coins = 0 AND c.id IS NOT NULL)
  AND (a.token_pool_id IS NULL OR a.tokens_upto <= t.available OR a.tokens = 0 AND t.id IS NOT NULL)
  AS fits`;

const LEFT_OF_POOLS = 'c.available AS coins_left, t.available AS tokens_left';
const WITH_POOLS =
  'LEFT JOIN l AS c ON c.id = a.coin_pool_id LEFT JOIN l AS t ON t.id = a.token_pool_id';

/** Adds to what is held of each pool what the rows of a query took. */
const taken = (source: string) => `
  UPDATE pools AS p SET held = p.held + s.amount
  FROM (
    SELECT v.pool_id, sum(v.amount)::bigint AS amount
    FROM ${source} AS o
      CROSS JOIN LATERAL (VALUES (o.coin_pool_id, o.coins), (o.token_pool_id, o.tokens))
      AS v (pool_id, amount)
    WHERE v.pool_id IS NOT NULL
    GROUP BY v.pool_id
  ) AS s
  WHERE p.id = s.pool_id`;

const locked = (ids: string) => `
  SELECT id, balance - held AS available FROM pools
  WHERE id = ANY (${ids}::text[]) ORDER BY id FOR UPDATE`;

/** A hold that is there already is ours, by an earlier try: it is neither made nor paid for again. */
export const OPEN_HOLDS = `
WITH l AS MATERIALIZED (${locked('$10')}
), d AS MATERIALIZED (
  SELECT a.*, ${LEFT_OF_POOLS}, ${FITS}
  FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::numeric[], $6::text[],
    $7::bigint[], $8::numeric[], $9::text[]) WITH ORDINALITY
    AS a (id, opened_at, coin_pool_id, coins, coins_upto, token_pool_id, tokens, tokens_upto,
      checkpoint, n) ${WITH_POOLS}
), o AS (
  INSERT INTO holds (id, replica_id, opened_at, coin_pool_id, coins, token_pool_id, tokens, checkpoint)
  SELECT id, $11, opened_at, coin_pool_id, coins, token_pool_id, tokens, checkpoint FROM d WHERE fits
  ON CONFLICT (id) DO NOTHING
  RETURNING coin_pool_id, coins, token_pool_id, tokens
), p AS (${taken('o')}
)
SELECT n, fits, coins_left, tokens_left FROM d`;

/**
 * The same for one ask of one pool, as most are when little is to do, at half the price. No row: it does
 * not fit, and why is for `OPEN_HOLDS` to say.
 */
export const OPEN_ONE_HOLD = `
WITH p AS (
  UPDATE pools SET held = held + $6::bigint
  WHERE id = $5 AND (balance - held >= $6::bigint OR $6::bigint = 0)
  RETURNING balance - held AS available
), o AS (
  INSERT INTO holds (id, replica_id, opened_at, coin_pool_id, coins, token_pool_id, tokens, checkpoint)
  SELECT $1, $2, $3, $7, $8, $9, $10, $4 FROM p
)
SELECT available FROM p`;

/** A hold that is gone is not among the rows. What does not fit stores its checkpoint all the same. */
export const EXTEND_HOLDS = `
WITH l AS MATERIALIZED (${locked('$7')}
), h AS MATERIALIZED (
  SELECT id, coin_pool_id, token_pool_id FROM holds
  WHERE id = ANY ($1::text[]) AND (SELECT count(*) FROM l) >= 0 ORDER BY id FOR UPDATE
), a AS MATERIALIZED (
  SELECT u.*, h.coin_pool_id, h.token_pool_id
  FROM unnest($1::text[], $2::bigint[], $3::numeric[], $4::bigint[], $5::numeric[], $6::text[])
    WITH ORDINALITY AS u (id, coins, coins_upto, tokens, tokens_upto, checkpoint, n)
    JOIN h ON h.id = u.id
), d AS MATERIALIZED (
  SELECT a.*, ${LEFT_OF_POOLS}, ${FITS} FROM a ${WITH_POOLS}
), e AS (
  UPDATE holds SET checkpoint = d.checkpoint,
    coins = holds.coins + CASE WHEN d.fits THEN d.coins ELSE 0 END,
    tokens = holds.tokens + CASE WHEN d.fits THEN d.tokens ELSE 0 END
  FROM d WHERE holds.id = d.id
), o AS (
  SELECT * FROM d WHERE fits
), p AS (${taken('o')}
)
SELECT n, fits, coins_left, tokens_left FROM d`;

/** Rows that somebody is just settling or extending are passed over: they need it no more. */
export const STORE_CHECKPOINTS = `
WITH a AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::text[]) AS a (id, checkpoint)
), h AS MATERIALIZED (
  SELECT id FROM holds WHERE id = ANY ($1::text[]) FOR UPDATE SKIP LOCKED
)
UPDATE holds SET checkpoint = a.checkpoint FROM a JOIN h ON h.id = a.id WHERE holds.id = a.id`;
