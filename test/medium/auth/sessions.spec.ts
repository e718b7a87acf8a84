import { describe, expect, it } from '@jest/globals';
import { SessionsService } from '../../../server/src/auth/sessions.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { moveTime } from '../../support/moving-clock.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const HOUR_MS = 3_600_000;
const ORIGIN = { ip: '192.0.2.7', userAgent: 'x'.repeat(2_000) };

async function withSession(app: TestApplication) {
  const sessions = app.context.get(SessionsService);
  const ada = await app.context.get(UsersService).ensure('ada@example.edu');
  return { sessions, ada, token: await sessions.start(ada.id, ORIGIN) };
}

describe.each(DIALECTS)('SessionsService on %s', (dialect) => {
  it('finds whose session a token is, and keeps the token nowhere', async () => {
    await using app = await TestApplication.start(dialect);
    const { sessions, ada, token } = await withSession(app);
    expect(await sessions.find(token)).toMatchObject({ credential: 'session', userId: ada.id });
    expect(await sessions.find(`${token}x`)).toBeNull();
    const rows: unknown = await app.dataSource.query('SELECT * FROM sessions');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('ends a session at once', async () => {
    await using app = await TestApplication.start(dialect);
    const { sessions, token } = await withSession(app);
    await sessions.find(token);
    await sessions.end(token);
    await sessions.end(token);
    expect(await sessions.find(token)).toBeNull();
  });

  it('forgets a session that was idle too long', async () => {
    await using app = await TestApplication.start(dialect);
    const { sessions, token } = await withSession(app);
    const clock = moveTime(app.context.get(ClockService));
    clock.forward(23 * HOUR_MS);
    expect(await sessions.find(token)).not.toBeNull();
    clock.forward(23 * HOUR_MS);
    expect(await sessions.find(token)).not.toBeNull();
    clock.forward(25 * HOUR_MS);
    expect(await sessions.find(token)).toBeNull();
  });

  it('ends a session for good after its lifetime, however busy, and clears it away', async () => {
    await using app = await TestApplication.start(dialect);
    const { sessions, token } = await withSession(app);
    const clock = moveTime(app.context.get(ClockService));
    for (let hour = 0; hour < 167; hour += 12) {
      expect(await sessions.find(token)).not.toBeNull();
      clock.forward(12 * HOUR_MS);
    }
    expect(await sessions.find(token)).toBeNull();
    expect(await sessions.removeExpired()).toBe(1);
    expect(await sessions.removeExpired()).toBe(0);
  });

  it('makes a CSRF token that fits only its own session', async () => {
    await using app = await TestApplication.start(dialect);
    const { sessions } = await withSession(app);
    const token = sessions.csrfToken('one');
    expect(sessions.isCsrfToken('one', token)).toBe(true);
    for (const wrong of [undefined, '', 'x', sessions.csrfToken('two'), [token]]) {
      expect(sessions.isCsrfToken('one', wrong)).toBe(false);
    }
  });
});
