/**
 * What the check of the ledger asks the database, in words that both understand. Amounts come as text,
 * because neither driver answers whole numbers of 64 bits as they are.
 */
const PART = 1_000_000_000n;

/**
 * The sum of an integer expression, exact however large: SQLite's own stops at 64 bits. Read it with
 * `readSum`.
 */
function exactSum(expression: string): string {
  const part = (operator: '/' | '%') =>
    `COALESCE(CAST(SUM((${expression}) ${operator} ${PART}) AS TEXT), '0')`;
  return `${part('/')} || ' ' || ${part('%')}`;
}

export function readSum(text: string | null | undefined): bigint {
  const [parts = '0', rest = '0'] = (text ?? '0 0').split(' ');
  return BigInt(parts) * PART + BigInt(rest);
}

/** Rows of these are answered so many at a time, or at the most. */
export const POOLS_AT_ONCE = 5_000;
export const MOST_FAULTS = 1_000;

const COUNT = 'CAST(COUNT(*) AS TEXT)';

export const LOG_ENDS = 'SELECT MIN(id) AS first, MAX(id) AS last FROM request_log';

/** For statements that are asked with the oldest request that is compared. */
const WITH_OLDEST = 'WITH oldest AS (SELECT CAST(? AS TEXT) AS id)';
const IS_COMPARED = '>= (SELECT oldest.id FROM oldest)';

/**
 * Per pool: what its entries add up to, and its charges for requests that are compared with the log.
 * `|| ''` keeps SQLite off an index that would have it look up every row by itself.
 */
export const ENTRIES_BY_POOL = `
${WITH_OLDEST}
SELECT pool_id || '' AS pool_id, ${COUNT} AS count, ${exactSum('amount')} AS entries,
  ${exactSum(
    `CASE WHEN kind = 'charge' AND request_log_id ${IS_COMPARED} THEN -amount ELSE 0 END`,
  )} AS charges
FROM ledger_entries GROUP BY pool_id || ''`;

/** Per pool: what the requests of the log cost it. */
export const COSTS_BY_POOL = `
${WITH_OLDEST}
SELECT pool_id, ${exactSum('amount')} AS costs
FROM (
  SELECT coin_pool_id AS pool_id, COALESCE(cost, 0) AS amount
  FROM request_log WHERE coin_pool_id IS NOT NULL AND id ${IS_COMPARED}
  UNION ALL
  SELECT token_pool_id, COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)
  FROM request_log WHERE token_pool_id IS NOT NULL AND id ${IS_COMPARED}
) AS paid GROUP BY pool_id`;

/** Per pool: what open requests hold of it. */
export const HOLDS_BY_POOL = `
SELECT pool_id, ${COUNT} AS count, ${exactSum('amount')} AS holds
FROM (
  SELECT coin_pool_id AS pool_id, coins AS amount FROM holds WHERE coin_pool_id IS NOT NULL
  UNION ALL
  SELECT token_pool_id, tokens FROM holds WHERE token_pool_id IS NOT NULL
) AS held GROUP BY pool_id`;

/** The pools behind an id, with the names of their owners. */
export const POOLS = `
SELECT pools.id AS pool_id, pools.owner_kind, pools.owner_id, pools.unit, pools.scope,
  COALESCE(users.email, clients.name) AS owner_name,
  CAST(pools.balance AS TEXT) AS balance, CAST(pools.held AS TEXT) AS held
FROM pools
LEFT JOIN users ON pools.owner_kind = 'user' AND users.id = pools.owner_id
LEFT JOIN clients ON pools.owner_kind = 'client' AND clients.id = pools.owner_id
WHERE pools.id > ? ORDER BY pools.id LIMIT ${POOLS_AT_ONCE}`;

const charges = `SUM(CASE WHEN kind = 'charge' THEN 1 ELSE 0 END)`;
const amountOf = (kind: string) => exactSum(`CASE WHEN kind = '${kind}' THEN amount ELSE 0 END`);

/**
 * The requests whose entries in a pool may not be what they should: one charge, and at most as much
 * uncollected. The sums are compared in parts, for a sum of wrong amounts may be beyond 64 bits.
 */
export const ODD_CHARGES = `
SELECT pool_id, request_log_id, ${COUNT} AS count, CAST(${charges} AS TEXT) AS charges,
  ${amountOf('charge')} AS charged, ${amountOf('uncollected')} AS uncollected
FROM ledger_entries WHERE kind IN ('charge', 'uncollected')
GROUP BY request_log_id, pool_id
HAVING ${charges} <> 1 OR COUNT(*) > 2 OR request_log_id IS NULL OR SUM(amount / ${PART}) > 0
  OR SUM(CASE WHEN kind = 'uncollected' AND amount <= 0 THEN 1 ELSE 0 END) > 0
  OR (SUM(amount / ${PART}) = 0 AND SUM(amount % ${PART}) > 0)
ORDER BY pool_id, request_log_id LIMIT ${MOST_FAULTS + 1}`;

/** Holds of requests that have ended. */
export const LOGGED_HOLDS = `
SELECT COALESCE(holds.coin_pool_id, holds.token_pool_id) AS pool_id, holds.id AS request_log_id
FROM holds JOIN request_log ON request_log.id = holds.id
ORDER BY holds.id LIMIT ${MOST_FAULTS + 1}`;
