import { type LedgerFault, type LedgerFaultKind, type PoolIdentity } from './ledger-fault.js';

/** What the rows about one pool add up to. */
export interface PoolSums {
  entryCount: number;
  entries: bigint;
  /** For requests that may still be in the log. */
  charges: bigint;
  /** Of the requests in the log. */
  costs: bigint;
  holdCount: number;
  holds: bigint;
}

export interface PoolAmounts {
  pool: PoolIdentity;
  balance: bigint;
  held: bigint;
}

/** What is wrong with one pool. */
export function poolFaults({ pool, balance, held }: PoolAmounts, sums: PoolSums): LedgerFault[] {
  const faults: LedgerFault[] = [];
  const add = (kind: LedgerFaultKind, found: bigint, expected: bigint | null) =>
    faults.push({ kind, poolId: pool.poolId, pool, requestId: null, found, expected });
  if (balance < 0n) add('balance_below_zero', balance, null);
  if (held < 0n) add('held_below_zero', held, null);
  if (held !== sums.holds) add('held_differs_from_holds', held, sums.holds);
  if (balance !== sums.entries) add('balance_differs_from_ledger', balance, sums.entries);
  if (sums.charges !== sums.costs) add('charges_differ_from_costs', sums.charges, sums.costs);
  return faults;
}

/** What is wrong with rows that name a pool which does not exist. */
export function strayFaults(poolId: string, sums: PoolSums): LedgerFault[] {
  const { entryCount, holdCount, charges, costs } = sums;
  const stray = { poolId, pool: null, requestId: null, expected: 0n } as const;
  const faults: LedgerFault[] = [];
  if (entryCount > 0)
    faults.push({ ...stray, kind: 'entry_without_pool', found: BigInt(entryCount) });
  if (holdCount > 0) faults.push({ ...stray, kind: 'hold_without_pool', found: BigInt(holdCount) });
  if (charges !== costs) {
    faults.push({ ...stray, kind: 'charges_differ_from_costs', found: charges, expected: costs });
  }
  return faults;
}
