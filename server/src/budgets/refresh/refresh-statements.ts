/**
 * The statements of a refresh on PostgreSQL, each for a whole batch. Pools are locked in the order of
 * their ids, as holds and settlements lock them, and are passed over unless they are as they were
 * read: the lock waits for whoever is changing one, and then looks at it again.
 */

/** What was added is what the ledger says: both come from the row that was locked. */
export const REFRESH_POOLS = `
WITH due AS MATERIALIZED (
  SELECT p.id, u.entry_id, LEAST(u.credit, GREATEST(p.max - p.balance, 0)) AS added
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
    AS u (id, refreshed_at, max, refresh, credit, entry_id)
    JOIN pools AS p ON p.id = u.id
  WHERE p.refreshed_at = u.refreshed_at AND p.max = u.max AND p.refresh = u.refresh
  ORDER BY p.id FOR UPDATE OF p
), given AS (
  UPDATE pools AS p SET balance = p.balance + due.added, refreshed_at = $7::bigint
  FROM due WHERE p.id = due.id
)
INSERT INTO ledger_entries (id, pool_id, at, kind, amount)
SELECT entry_id, id, $7::bigint, 'refresh', added FROM due WHERE added > 0
RETURNING id`;

/** A policy with other numbers starts the clock anew; no balance changes. */
export const ADOPT_POLICIES = `
WITH stale AS MATERIALIZED (
  SELECT p.id, u.max, u.refresh, u.version
  FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[])
    AS u (id, refreshed_at, policy_version, max, refresh, version)
    JOIN pools AS p ON p.id = u.id
  WHERE p.refreshed_at = u.refreshed_at AND p.policy_version = u.policy_version
  ORDER BY p.id FOR UPDATE OF p
)
UPDATE pools AS p SET max = stale.max, refresh = stale.refresh, policy_version = stale.version,
  refreshed_at = CASE WHEN p.max <> stale.max OR p.refresh <> stale.refresh
    THEN $7::bigint ELSE p.refreshed_at END
FROM stale WHERE p.id = stale.id`;
