import { describe, expect, it } from '@jest/globals';
import { OldAuditEntriesService } from '../../../server/src/admin/old-audit-entries.service.js';
import { SYSTEM_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { AuditTrailService } from '../../../server/src/infrastructure/audit/audit-trail.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const NOW_MS = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;

describe.each(DIALECTS)('the audit log on %s', (dialect) => {
  const start = async (extra: string) => {
    const app = await TestApplication.start(dialect, { extra });
    const clock = app.context.get(ClockService);
    const trail = app.context.get(AuditTrailService);
    const record = async (action: string, days: number) => {
      clock.nowMs = () => NOW_MS - days * DAY_MS;
      clock.now = () => new Date(clock.nowMs());
      await trail.record(SYSTEM_CONTEXT, { action });
    };
    const actions = async () =>
      (await app.dataSource.manager.find(AuditEntry, { order: { at: 'ASC' } })).map(
        ({ action }) => action,
      );
    await app.dataSource.manager.deleteAll(AuditEntry);
    for (const days of [31, 30.5, 29]) await record(`days.${days}`, days);
    await record('now', 0);
    const old = app.context.get(OldAuditEntriesService);
    return { old, actions, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
  };

  it('loses what is older than it is kept, and says so', async () => {
    await using lumen = await start('retention: { audit_days: 30 }');
    expect(await lumen.old.remove()).toBe(2);
    expect(await lumen.actions()).toEqual(['days.29', 'now', 'audit_log.shorten']);
    expect(await lumen.old.remove()).toBe(0);
    expect(await lumen.actions()).toHaveLength(3);
  });

  it('is kept for ever unless somebody says otherwise', async () => {
    await using lumen = await start('');
    await lumen.old.removeInBackground();
    expect(await lumen.actions()).toEqual(['days.31', 'days.30.5', 'days.29', 'now']);
  });
});
