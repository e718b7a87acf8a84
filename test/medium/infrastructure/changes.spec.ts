import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Change } from '../../../server/src/infrastructure/changes/change.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const MINUTE_MS = 60_000;

describe.each(DIALECTS)('what other replicas announce, on %s', (dialect) => {
  let app: TestApplication;
  let changes: ChangesService;
  let heard: string[];
  let nowMs: number;

  beforeEach(async () => {
    app = await TestApplication.start(dialect);
    changes = app.context.get(ChangesService);
    heard = [];
    changes.heard$.subscribe(({ kind, subject }) => void heard.push(`${kind} ${subject}`.trim()));
    const clock = app.context.get(ClockService);
    nowMs = clock.nowMs();
    clock.nowMs = () => nowMs;
    await changes.lookNow();
  });

  afterEach(() => app[Symbol.asyncDispose]());

  const announce = (subject: string, atMs: number) =>
    app.dataSource
      .getRepository(Change)
      .insert({ id: newId(), at: new Date(atMs), origin: 'another', kind: 'owner', subject });

  it('is heard once, though it is looked at several times', async () => {
    await announce('a', nowMs);
    await changes.lookNow();
    nowMs += 5_000;
    await changes.lookNow();
    expect(heard).toEqual(['owner a']);
  });

  it('is heard after minutes in which nobody could look', async () => {
    await announce('a', nowMs + MINUTE_MS);
    await announce('b', nowMs + 8 * MINUTE_MS);
    nowMs += 9 * MINUTE_MS;
    await changes.lookNow();
    await changes.lookNow();
    expect(heard.sort()).toEqual(['owner a', 'owner b']);
  });

  it('is heard when the look in between failed', async () => {
    const runner = app.dataSource.createQueryRunner();
    await runner.query('ALTER TABLE changes RENAME TO away');
    await changes.lookNow();
    nowMs += MINUTE_MS;
    await changes.lookNow();
    await runner.query('ALTER TABLE away RENAME TO changes');
    await runner.release();
    await announce('a', nowMs - MINUTE_MS / 2);
    await changes.lookNow();
    expect(heard).toEqual(['owner a']);
  });

  it('is read anew where it may have been cleared away before it was heard', async () => {
    nowMs += 11 * MINUTE_MS;
    await changes.lookNow();
    expect(heard).toEqual(['groups', 'clients', 'providers', 'announcements', 'terms']);
    await changes.lookNow();
    expect(heard).toHaveLength(5);
  });

  it('is heard when the clock was set back', async () => {
    nowMs -= 60 * MINUTE_MS;
    await announce('a', nowMs);
    await changes.lookNow();
    expect(heard).toEqual(['owner a']);
  });
});
