import { type DataSource } from 'typeorm';
import { type LedgerFault, type PoolIdentity } from './ledger-fault.js';
import {
  COSTS_BY_POOL,
  ENTRIES_BY_POOL,
  HOLDS_BY_POOL,
  LOG_ENDS,
  LOGGED_HOLDS,
  MOST_FAULTS,
  ODD_CHARGES,
  POOLS,
  POOLS_AT_ONCE,
  readSum,
} from './ledger-check-statements.js';
import { oldestChecked } from './oldest-checked.js';
import { poolFaults, strayFaults, type PoolSums } from './pool-faults.js';
import { requestFaults } from './request-faults.js';
import { type SnapshotQuery, type SnapshotRow, withSnapshot } from './ledger-snapshot.js';

/** What the books looked like at one moment. */
export interface LedgerReport {
  readonly pools: number;
  readonly holds: number;
  readonly entries: number;
  /** At most a thousand; none: every invariant holds. */
  readonly faults: readonly LedgerFault[];
  /** Are there more than those? */
  readonly hasMore: boolean;
}

/**
 * Checks every invariant of the books on one consistent state of a running system, which goes on
 * writing meanwhile. Its memory grows with the number of pools, not with that of entries. Takes tens
 * of seconds for ten million entries, and on SQLite all of this process's turn: for commands.
 */
export function checkLedger(dataSource: DataSource): Promise<LedgerReport> {
  return withSnapshot(dataSource, (query) => new LedgerCheck(query).run());
}

class LedgerCheck {
  private readonly sums = new Map<string, PoolSums>();
  private readonly faults: LedgerFault[] = [];
  private hasMore = false;
  private readonly counts = { pools: 0, holds: 0, entries: 0 };

  constructor(private readonly query: SnapshotQuery) {}

  async run(): Promise<LedgerReport> {
    await this.addUp();
    const oddCharges = await this.query(ODD_CHARGES);
    const loggedHolds = await this.query(LOGGED_HOLDS);
    const named = new Set([...oddCharges, ...loggedHolds].map(poolIdOf));
    const identities = await this.checkPools(named);
    for (const [poolId, sums] of this.sums) this.add(strayFaults(poolId, sums));
    this.add(requestFaults({ oddCharges, loggedHolds, identities }));
    const { faults, hasMore } = this;
    return { ...this.counts, faults, hasMore };
  }

  private async addUp(): Promise<void> {
    const [ends] = await this.query(LOG_ENDS);
    const oldest = oldestChecked(ends?.['first'] ?? null, ends?.['last'] ?? null);
    for (const row of await this.query(ENTRIES_BY_POOL, oldest)) {
      const entryCount = Number(row['count']);
      this.counts.entries += entryCount;
      const [entries, charges] = [readSum(row['entries']), readSum(row['charges'])];
      Object.assign(this.sumsOf(row), { entryCount, entries, charges });
    }
    for (const row of await this.query(COSTS_BY_POOL, oldest)) {
      this.sumsOf(row).costs = readSum(row['costs']);
    }
    for (const row of await this.query(HOLDS_BY_POOL)) {
      const holdCount = Number(row['count']);
      this.counts.holds += holdCount;
      Object.assign(this.sumsOf(row), { holdCount, holds: readSum(row['holds']) });
    }
  }

  private sumsOf(row: SnapshotRow): PoolSums {
    const id = poolIdOf(row);
    const known = this.sums.get(id);
    if (known) return known;
    const none = { entryCount: 0, entries: 0n, charges: 0n, costs: 0n, holdCount: 0, holds: 0n };
    this.sums.set(id, none);
    return none;
  }

  /** Leaves in `sums` those of pools that do not exist. Answers who the `wanted` pools are. */
  private async checkPools(wanted: ReadonlySet<string>): Promise<Map<string, PoolIdentity>> {
    const identities = new Map<string, PoolIdentity>();
    for (let after = ''; ;) {
      const rows = await this.query(POOLS, after);
      for (const row of rows) {
        const pool = identityOf(row);
        const amounts = { balance: BigInt(row['balance']!), held: BigInt(row['held']!) };
        if (wanted.has(pool.poolId)) identities.set(pool.poolId, pool);
        this.add(poolFaults({ pool, ...amounts }, this.sumsOf(row)));
        this.sums.delete(pool.poolId);
      }
      this.counts.pools += rows.length;
      if (rows.length < POOLS_AT_ONCE) return identities;
      after = poolIdOf(rows.at(-1)!);
    }
  }

  private add(found: readonly LedgerFault[]): void {
    for (const fault of found) {
      if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
      else this.hasMore = true;
    }
  }
}

function identityOf(row: SnapshotRow): PoolIdentity {
  return {
    poolId: poolIdOf(row),
    ownerKind: row['owner_kind'] as PoolIdentity['ownerKind'],
    ownerId: row['owner_id']!,
    ownerName: row['owner_name'] ?? null,
    unit: row['unit'] as PoolIdentity['unit'],
    scope: row['scope']!,
  };
}

const poolIdOf = (row: SnapshotRow) => row['pool_id'] ?? '';
