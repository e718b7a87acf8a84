import { type INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SessionsService } from '../../../server/src/auth/sessions.service.js';
import { LoginAttemptsService } from '../../../server/src/auth/oidc/login-attempts.service.js';
import { newLoginAttempt } from '../../../server/src/auth/oidc/login-attempt.js';
import { DepartedOwnersService } from '../../../server/src/budgets/pools/departed-owners.service.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';

const OLD = 'test-secret-test-secret-test-secret-test';
const NEW = 'the-secret-key-of-this-year-0123456789ab';
const ORIGIN = { ip: '192.0.2.7', userAgent: 'test' };

describe.each(DIALECTS)('a new secret key on %s', (dialect) => {
  const attempt = newLoginAttempt('/chat');
  let app: TestApplication;
  let userId: string;
  let token: string;
  let csrfToken: string;
  let sealed: string;

  beforeAll(async () => {
    app = await TestApplication.start(dialect);
    userId = (await app.context.get(UsersService).ensure('ada@example.edu')).id;
    const sessions = app.context.get(SessionsService);
    token = await sessions.start(userId, ORIGIN);
    csrfToken = sessions.csrfToken((await sessions.find(token))!.credentialId);
    sealed = await app.context.get(LoginAttemptsService).seal(attempt);
    await app.context
      .get(DepartedOwnersService)
      .remember('gone', 'Gone@example.edu', app.dataSource.manager);
  });
  afterAll(() => app[Symbol.asyncDispose]());

  /** Lumen on the same database with these keys, the current one first. */
  const under = <T>(
    [current, ...previous]: readonly string[],
    work: (context: INestApplicationContext) => Promise<T>,
  ): Promise<T> => {
    const list = `  previous_secret_keys: ${JSON.stringify(previous)}`;
    const text = configurationText(app.databaseUrl, { app: list });
    return app.configuredAs(text.replace(`secret_key: ${OLD}`, `secret_key: ${current}`), work);
  };

  it('ends every session and every login under way where it stands alone', async () => {
    await under([NEW], async (context) => {
      expect(await context.get(SessionsService).find(token)).toBeNull();
      const taken = context.get(LoginAttemptsService).take(attempt.state, sealed);
      await expect(taken).rejects.toMatchObject({ code: 'login_expired' });
    });
  });

  it('lets both go on where the key before is listed, and old pages with them', async () => {
    let begun = '';
    await under([NEW, OLD], async (context) => {
      const sessions = context.get(SessionsService);
      const { credentialId, userId: found } = (await sessions.find(token))!;
      expect(found).toBe(userId);
      expect(sessions.csrfToken(credentialId)).not.toBe(csrfToken);
      expect(sessions.isCsrfToken(credentialId, csrfToken)).toBe(true);
      expect(sessions.isCsrfToken(credentialId, sessions.csrfToken(credentialId))).toBe(true);
      expect(sessions.isCsrfToken('another', csrfToken)).toBe(false);
      const logins = context.get(LoginAttemptsService);
      expect(await logins.take(attempt.state, sealed)).toMatchObject(attempt);
      begun = await sessions.start(userId, ORIGIN);
    });
    // A replica that is restarted later, and has the new key among those it accepts.
    await under([OLD, NEW], async (context) => {
      expect(await context.get(SessionsService).find(begun)).not.toBeNull();
    });
    await under([NEW, OLD], async (context) => {
      const sessions = context.get(SessionsService);
      expect(await sessions.end(token)).not.toBeNull();
      expect(await sessions.find(token)).toBeNull();
    });
  });

  it('knows who deleted their account under the one before', async () => {
    const back = { ownerKind: 'user', ownerId: userId, ownerName: 'gone@example.edu' } as const;
    const isKnown = (context: INestApplicationContext) =>
      context.get(DepartedOwnersService).takeBack(back);
    expect(await under([NEW], isKnown)).toBe(false);
    expect(await under([NEW, OLD], isKnown)).toBe(true);
  });
});
