import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { dump, load } from 'js-yaml';
import { AccessService } from '../../../server/src/access/access.service.js';
import { type Principal } from '../../../server/src/infrastructure/http/principal.js';
import { User } from '../../../server/src/users/user.entity.js';
import { clientOf, personOf } from '../../support/access/principals.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const SEED = new URL('../../fixtures/seed-admin.yaml', import.meta.url);

/** The models, groups and clients of the seed, and a client that it does not know yet. */
async function seed() {
  const file = load(await readFile(SEED, 'utf8')) as Record<string, Record<string, object>>;
  const { default: everyone, ...groups } = file['groups']!;
  return {
    models: JSON.stringify(file['models']),
    // The test's configuration has a group default of its own; this one takes its place.
    groups: dump({ everyone, ...groups }).replace(/^/gm, '  '),
    extra: dump({
      clients: { ...file['clients'], 'new-client': {} },
      users: { default: { groups: ['everyone'] } },
    }),
  };
}

describe.each(DIALECTS)('the access lists of the seed on %s', (dialect) => {
  it('give staff, everyone, a new client and research-bot what they say', async () => {
    await using app = await TestApplication.start(dialect, await seed());
    const { context } = app;
    const staff = await personOf(context, 'staff@example.edu');
    const claims = { affiliation: 'staff@illinois.edu;member@illinois.edu' };
    await app.dataSource.getRepository(User).update(staff.ownerId, { claims });
    const of = async (principal: Principal) =>
      Object.fromEntries(
        (await context.get(AccessService).standings(principal, 'api')).map(
          ({ entry, access }) => [entry.id, access] as const,
        ),
      );
    expect(await of(staff)).toEqual({
      dummy: 'allowed',
      experimental: 'needs_ack',
      deprecated: 'blocked',
    });
    const onlyDummy = { dummy: 'allowed', experimental: 'blocked', deprecated: 'blocked' };
    expect(await of(await personOf(context, 'student@example.edu'))).toEqual(onlyDummy);
    expect(await of(await clientOf(context, 'new-client'))).toEqual(onlyDummy);
    const all = { dummy: 'allowed', experimental: 'allowed', deprecated: 'allowed' };
    expect(await of(await clientOf(context, 'research-bot'))).toEqual(all);
  });
});
