import { describe, expect, it } from '@jest/globals';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

describe.each(DIALECTS)('UsersService on %s', (dialect) => {
  it('knows one person by any spelling of their address', async () => {
    await using app = await TestApplication.start(dialect);
    const users = app.context.get(UsersService);
    const first = await users.ensure('Ada@Example.edu', 'Ada Lovelace');
    const again = await users.ensure('  ada@example.EDU ');
    expect(again).toMatchObject({ id: first.id, email: 'ada@example.edu', name: 'Ada Lovelace' });
    expect(again.createdAt.getTime()).toBe(first.createdAt.getTime());
  });

  it('makes one person when several requests come at once', async () => {
    await using app = await TestApplication.start(dialect);
    const users = app.context.get(UsersService);
    const made = await Promise.all(
      Array.from({ length: 20 }, () => users.ensure('same@example.edu')),
    );
    expect(new Set(made.map((user) => user.id)).size).toBe(1);
  });

  it('lists everybody, beyond one page', async () => {
    await using app = await TestApplication.start(dialect);
    const users = app.context.get(UsersService);
    for (let index = 0; index < 501; index += 1) await users.ensure(`user${index}@example.edu`);
    const emails = new Set<string>();
    for await (const user of users.all()) emails.add(user.email);
    expect(emails.size).toBe(501);
  });
});
