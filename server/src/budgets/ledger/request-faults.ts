import { readSum } from './ledger-check-statements.js';
import { type LedgerFault, type PoolIdentity } from './ledger-fault.js';
import { type SnapshotRow } from './ledger-snapshot.js';

interface OddRows {
  oddCharges: readonly SnapshotRow[];
  loggedHolds: readonly SnapshotRow[];
  identities: ReadonlyMap<string, PoolIdentity>;
}

/** What is wrong with single requests. */
export function requestFaults({ oddCharges, loggedHolds, identities }: OddRows): LedgerFault[] {
  const subject = (row: SnapshotRow) => {
    const poolId = row['pool_id'] ?? '';
    return {
      poolId,
      pool: identities.get(poolId) ?? null,
      requestId: row['request_log_id'] ?? null,
    };
  };
  const ended = { kind: 'hold_of_ended_request', found: 1n, expected: 0n } as const;
  return [
    ...oddCharges.flatMap((row) =>
      chargeFaults(row).map((fault) => ({ ...subject(row), ...fault })),
    ),
    ...loggedHolds.map((row) => ({ ...subject(row), ...ended })),
  ];
}

function chargeFaults(row: SnapshotRow): Pick<LedgerFault, 'kind' | 'found' | 'expected'>[] {
  const count = BigInt(row['charges'] ?? 0);
  const charged = -readSum(row['charged']);
  const uncollected = readSum(row['uncollected']);
  if (row['request_log_id'] === null) {
    return [{ kind: 'charge_without_request', found: BigInt(row['count'] ?? 0), expected: 0n }];
  }
  if (count === 0n)
    return [{ kind: 'uncollected_without_charge', found: uncollected, expected: 0n }];
  const faults: ReturnType<typeof chargeFaults> = [];
  if (count > 1n) faults.push({ kind: 'charged_twice', found: count, expected: 1n });
  if (uncollected < 0n || uncollected > charged) {
    faults.push({ kind: 'uncollected_exceeds_charge', found: uncollected, expected: charged });
  }
  return faults;
}
