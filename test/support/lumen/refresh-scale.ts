import { expect } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type Took, watchLoop } from '../loop-watch.js';
import { addPeople } from './people.js';
import { RefreshedLumen } from './refreshed.js';
import { type Dialect } from './lumen-server.js';

export interface RefreshFigures {
  /** All pools have to adopt the policy. */
  adoptMs: number;
  /** All pools are due. */
  creditMs: number;
  /** There is nothing to do. */
  idleMs: number;
  longest: Record<'adopt' | 'credit' | 'idle', Took>;
}

const HOUR_MS = 3_600_000;
const ROWS_AT_ONCE = 1_000;
/** As it stands in the group of everybody. */
const EVERYBODY = 'max: 10\n    refresh: 1';

/** A look at so many pools, each of a person of its own. Throws unless all are credited. */
export async function measureRefresh(dialect: Dialect, pools: number): Promise<RefreshFigures> {
  await using lumen = await RefreshedLumen.start(dialect, '{}', EVERYBODY);
  lumen.quiet();
  const people = await addPeople(lumen.dataSource, pools, () => ({
    claims: { affiliation: 'staff@example.edu' },
  }));
  for (let start = 0; start < pools; start += ROWS_AT_ONCE) {
    const rows = people
      .slice(start, start + ROWS_AT_ONCE)
      .map(
        ({ id }) =>
          `('${newId()}', 'user', '${id}', 'coins', '', 0, 0, 5, 1, 'old', ${lumen.nowMs}, 0)`,
      );
    await lumen.dataSource.query(
      `INSERT INTO pools (id, owner_kind, owner_id, unit, scope, balance, held, max, refresh,
         policy_version, refreshed_at, created_at) VALUES ${rows.join(', ')}`,
    );
  }
  const look = async (expected: number) => {
    const startedMs = performance.now();
    const { result, longest } = await watchLoop(() => lumen.refresh());
    expect(result).toBe(expected);
    return { tookMs: performance.now() - startedMs, longest };
  };
  const adopt = await look(0);
  lumen.nowMs += HOUR_MS;
  const credit = await look(pools);
  const idle = await look(0);
  return {
    ...{ adoptMs: adopt.tookMs, creditMs: credit.tookMs, idleMs: idle.tookMs },
    longest: { adopt: adopt.longest, credit: credit.longest, idle: idle.longest },
  };
}
