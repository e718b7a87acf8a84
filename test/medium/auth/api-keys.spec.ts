import { describe, expect, it } from '@jest/globals';
import { ApiKeysService } from '../../../server/src/auth/api-keys.service.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

async function withKeys(app: TestApplication) {
  const keys = app.context.get(ApiKeysService);
  const users = app.context.get(UsersService);
  const ada = await users.ensure('ada@example.edu');
  return { keys, users, ada, created: await keys.create(ada.id, 'laptop') };
}

describe.each(DIALECTS)('ApiKeysService on %s', (dialect) => {
  it('makes keys of the documented shape and keeps neither them nor their plain hash', async () => {
    await using app = await TestApplication.start(dialect);
    const { created } = await withKeys(app);
    expect(created.key).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
    expect(created.apiKey.hint).toBe(`${created.key.slice(0, 7)}…${created.key.slice(-4)}`);
    const rows: unknown = await app.dataSource.query('SELECT * FROM api_keys');
    expect(JSON.stringify(rows)).not.toContain(created.key.slice(3));
  });

  it('recognises a key, the second time without the database', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, ada, created } = await withKeys(app);
    const first = await keys.authenticate(created.key);
    expect(first).toMatchObject({ credential: 'api_key', userId: ada.id, email: ada.email });
    const second = keys.authenticate(created.key);
    expect(second).toBe(first);
  });

  it.each([
    '',
    'sk_',
    'sk_short',
    `pk_${'a'.repeat(43)}`,
    `sk_${'a'.repeat(44)}`,
    `sk_${'a'.repeat(42)}=`,
  ])('knows at once that %j is no key', async (key) => {
    await using app = await TestApplication.start(dialect);
    expect(app.context.get(ApiKeysService).authenticate(key)).toBeNull();
  });

  it('does not know a key that was never made', async () => {
    await using app = await TestApplication.start(dialect);
    expect(await app.context.get(ApiKeysService).authenticate(`sk_${'a'.repeat(43)}`)).toBeNull();
  });

  it('refuses a revoked key from the next request on', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, ada, created } = await withKeys(app);
    expect(await keys.authenticate(created.key)).not.toBeNull();
    await keys.revoke(ada.id, created.apiKey.id);
    expect(await keys.authenticate(created.key)).toBeNull();
    const [listed] = await keys.listOf(ada.id);
    expect(listed?.revokedAt).toBeInstanceOf(Date);
  });

  it('treats someone else’s key as one that does not exist', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, users, created } = await withKeys(app);
    const eve = await users.ensure('eve@example.edu');
    await expect(keys.revoke(eve.id, created.apiKey.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await keys.authenticate(created.key)).not.toBeNull();
    expect(await keys.listOf(eve.id)).toEqual([]);
  });

  it('writes when a key was last used, at the latest when it stops', async () => {
    await using app = await TestApplication.start(dialect);
    const { keys, ada, created } = await withKeys(app);
    await keys.authenticate(created.key);
    await keys.beforeApplicationShutdown();
    const [listed] = await keys.listOf(ada.id);
    expect(listed?.lastUsedAt).toBeInstanceOf(Date);
  });
});
