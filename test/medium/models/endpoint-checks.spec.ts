import { describe, expect, it } from '@jest/globals';
import { type EndpointProbe } from '../../../server/src/models/routing/route.js';
import { EndpointChecksRepository } from '../../../server/src/models/checks/endpoint-checks.repository.js';
import { EndpointChecksService } from '../../../server/src/models/index.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';

const HOUR_MS = 3_600_000;
const NEVER = 'upstream: { probe: { interval_s: 86400 } }';

const check = (isOk: boolean, at = new Date(), detail: string | null = null): EndpointProbe => ({
  at,
  isOk,
  latencyMs: 5,
  detail,
});

describe.each(DIALECTS)('results of health checks on %s', (dialect) => {
  it('are added up by hour and by day, over processes, and swept', async () => {
    await using lumen = await InProcessLumen.start(dialect, (databaseUrl) =>
      configurationText(databaseUrl, { extra: NEVER }),
    );
    const checks = lumen.app.get(EndpointChecksService);
    const repository = lumen.app.get(EndpointChecksRepository);
    const before = new Date(Date.now() - HOUR_MS);
    checks.count('one', check(true));
    checks.count('one', check(false, new Date(), 'It is away.'));
    checks.count('one', check(true, before));
    await checks.write();
    checks.count('one', check(true));
    checks.count('other', check(false, new Date(), 'x'.repeat(2_000)));
    const hours = await checks.history(['one', 'other', 'unknown'], 'hour');
    expect(hours.get('one')).toHaveLength(90);
    expect(hours.get('one')!.at(-1)).toMatchObject({ ok: 2, failed: 1, lastError: 'It is away.' });
    expect(hours.get('one')!.at(-2)).toMatchObject({ ok: 1, failed: 0, lastError: null });
    expect(hours.get('other')!.at(-1)!.lastError).toHaveLength(500);
    expect(hours.get('unknown')!.every(({ ok, failed }) => ok + failed === 0)).toBe(true);
    const days = (await checks.history(['one'], 'day')).get('one')!;
    expect(days.reduce((sum, { ok, failed }) => sum + ok + failed, 0)).toBe(4);

    const old = Date.now() - 91 * 24 * HOUR_MS;
    const row = { endpointId: 'old', ok: 1, failed: 0, lastError: null };
    await repository.add([
      { ...row, span: 'day', startsAt: old },
      { ...row, span: 'hour', startsAt: old },
    ]);
    expect(await checks.sweep()).toBe(2);
    expect(await repository.since('day', 0, ['old'])).toEqual([]);
    expect(await repository.since('hour', 0, ['old'])).toEqual([]);
    expect(await repository.since('hour', 0, ['one'])).not.toEqual([]);
  });
});
