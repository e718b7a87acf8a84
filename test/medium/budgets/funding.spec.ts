import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { FirstGrantsService } from '../../../server/src/budgets/pools/first-grants.service.js';
import { type Funding } from '../../../server/src/budgets/pools/funding.js';
import { FundingService } from '../../../server/src/budgets/pools/funding.service.js';
import { PolicyService } from '../../../server/src/budgets/policies/policy.service.js';
import { PoolsRepository } from '../../../server/src/budgets/pools/pools.repository.js';
import { ClientRecordsService } from '../../../server/src/clients/client-records.service.js';
import { GroupMembersService } from '../../../server/src/groups/group-members.service.js';
import { SYSTEM_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type Owner } from '../../../server/src/infrastructure/http/principal.js';
import { CatalogueService } from '../../../server/src/models/catalogue.service.js';
import { User } from '../../../server/src/users/user.entity.js';
import { clientOf, personOf } from '../../support/access/principals.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { addPeople } from '../../support/lumen/people.js';
import { configurationText, type Dialect, DIALECTS } from '../../support/lumen/lumen-server.js';

const NANO = 1_000_000_000n;
const STAFF = {
  affiliation: 'staff@illinois.edu',
  idp: 'urn:mace:incommon:uiuc.edu',
};

/** A fixture as it is, on the database of the test and with secrets that are long enough. */
async function fixture(name: string): Promise<(databaseUrl: string) => string> {
  const text = await readFile(new URL(`../../fixtures/${name}.yaml`, import.meta.url), 'utf8');
  return (databaseUrl) =>
    text
      .replace(/database_url: .*/, `database_url: ${databaseUrl}`)
      .replace(/localhost:9999/g, '127.0.0.1:1');
}

async function start(dialect: Dialect, configure: (databaseUrl: string) => string) {
  const lumen = await InProcessLumen.start(dialect, configure);
  const { app } = lumen;
  const funding = app.get(FundingService);
  const entryOf = (model: string) => app.get(CatalogueService).find(model)!;
  return {
    lumen,
    app,
    funding,
    of: (owner: Owner, model: string) => funding.of(owner, entryOf(model)),
    /** What pays for a request: "coins group staff 20". */
    paid: async (owner: Owner, model: string) => {
      try {
        return words(await funding.of(owner, entryOf(model)));
      } catch (error) {
        return (error as { code: string }).code;
      }
    },
    person: (email: string, claims: Record<string, unknown> | null = null) =>
      personWith(lumen, email, claims),
    balances: async (owner: Owner) =>
      (await app.get(PoolsRepository).of(owner)).map(({ unit, balance }) => ({ unit, balance })),
    grants: () =>
      lumen.dataSource.query<object[]>("SELECT id FROM ledger_entries WHERE kind = 'grant'"),
    [Symbol.asyncDispose]: () => lumen[Symbol.asyncDispose](),
  };
}

async function personWith(
  lumen: InProcessLumen,
  email: string,
  claims: Record<string, unknown> | null,
): Promise<Owner> {
  const person = await personOf(lumen.app, email);
  await lumen.dataSource.getRepository(User).update(person.ownerId, { claims } as object);
  return person;
}

function words({ coins, tokens }: Funding): string {
  const parts = [coins && `coins ${coins.source} ${coins.max / NANO}`];
  parts.push(tokens && `tokens ${tokens.source} ${tokens.max}`);
  return parts.filter((part) => part !== null).join(', ') || 'unlimited';
}

const models = (...names: string[]) =>
  JSON.stringify(
    names.map((name) => ({ name, input_cost_per_million: 0, output_cost_per_million: 0 })),
  );

describe.each(DIALECTS)('budgets of the seeds on %s', (dialect) => {
  it('of the README give nobody in default, and tokens to faculty and staff', async () => {
    await using it = await start(dialect, await fixture('seed-readme'));
    const dev = await personOf(it.app, 'dev@example.com');
    expect(await it.paid(dev, 'dummy')).toBe('budget_missing');
    const me = (await it.lumen.ask('GET', '/api/me')).body as { budgets: object[] };
    expect(me.budgets).toEqual([]);
    const staff = await it.person('staff@illinois.edu', STAFF);
    expect(await it.paid(staff, 'dummy')).toBe('tokens group uiuc-staff 500000');
    const member = { kind: 'user', id: staff.ownerId, name: 'staff' } as const;
    await it.app.get(GroupMembersService).add('faculty', member, SYSTEM_CONTEXT);
    expect(await it.paid(staff, 'gpt-4o')).toBe('tokens group faculty 1000000');
    await it.app.get(FirstGrantsService).idle();
    expect(await it.app.get(PoolsRepository).of(staff)).toMatchObject([
      { unit: 'tokens', scope: '', balance: 500_000n, max: 1_000_000n, refresh: 50_000n },
    ]);
  });

  it('of the administration give coins to staff, to clients, and none to metered-out', async () => {
    await using it = await start(dialect, await fixture('seed-admin'));
    await it.app.get(FirstGrantsService).idle();
    const dev = await personOf(it.app, 'dev@example.com');
    expect(await it.balances(dev)).toEqual([{ unit: 'coins', balance: 20n * NANO }]);
    expect(await it.paid(dev, 'dummy')).toBe('coins group staff 20');
    expect(await it.paid(await it.person('student@b.edu'), 'dummy')).toBe('budget_missing');
    const bot = await clientOf(it.app, 'research-bot');
    expect(await it.paid(bot, 'dummy')).toBe('coins client research-bot 500');
    expect(await it.paid(await clientOf(it.app, 'metered-out'), 'dummy')).toBe('budget_blocked');
    const made = await it.app.get(ClientRecordsService).create(SYSTEM_CONTEXT, { name: 'new' });
    const client = { ownerKind: 'client', ownerId: made.id } as const;
    await it.app.get(FirstGrantsService).idle();
    expect(await it.balances(client)).toEqual([{ unit: 'coins', balance: 100n * NANO }]);
    expect(await it.paid(client, 'dummy')).toBe('coins clients.default 100');
  });
});

describe.each(DIALECTS)('FundingService on %s', (dialect) => {
  const extra = (budgets: string) => (databaseUrl: string) =>
    configurationText(databaseUrl, {
      models: models('m', 'n'),
      groups: '  testers: { max: 7, refresh: 1 }\n  metered: { default: { max: 4, refresh: 1 } }',
      extra: budgets,
    });

  it('makes the pools of a first use once, with one grant, however many ask', async () => {
    await using it = await start(
      dialect,
      extra('users: { a@b.edu: { max: 5, default: { max: 9 } } }'),
    );
    const ada = await personOf(it.app, 'a@b.edu');
    const asked = Array.from({ length: 20 }, async () => it.of(ada, 'm'));
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ coins, tokens }) => `${coins?.id} ${tokens?.id}`)).size).toBe(1);
    expect(await it.grants()).toHaveLength(2);
    expect(it.of(ada, 'm')).toBe(await it.of(ada, 'm'));
    expect(it.of(ada, 'n')).not.toBeInstanceOf(Promise);
  });

  it('follows a change of the file: another policy at once, the balance as it was', async () => {
    await using it = await start(dialect, extra('users: { a@b.edu: { max: 5, refresh: 1 } }'));
    const ada = await personOf(it.app, 'a@b.edu');
    expect(await it.paid(ada, 'm')).toBe('coins user a@b.edu 5');
    const { version } = it.app.get(PolicyService);
    await it.lumen.configure(extra('users: { a@b.edu: { max: 3 } }')(it.lumen.databaseUrl));
    await it.lumen.lookNow();
    expect(it.app.get(PolicyService).version).not.toBe(version);
    expect(await it.paid(ada, 'm')).toBe('coins user a@b.edu 3');
    expect(await it.balances(ada)).toEqual([{ unit: 'coins', balance: 5n * NANO }]);
    await it.lumen.configure(extra('users: { a@b.edu: { max: 0 } }')(it.lumen.databaseUrl));
    await it.lumen.lookNow();
    expect(await it.paid(ada, 'm')).toBe('budget_blocked');
    expect(await it.balances(ada)).toEqual([{ unit: 'coins', balance: 5n * NANO }]);
  });

  it('has pools adopt the policy of a group that somebody comes into, without a request', async () => {
    const entry = 'users: { a@b.edu: { default: { max: 9 } } }';
    await using it = await start(dialect, extra(entry));
    const ada = await personOf(it.app, 'a@b.edu');
    expect(await it.paid(ada, 'm')).toBe('tokens user a@b.edu 9');
    await it.lumen.configure(extra('')(it.lumen.databaseUrl));
    await it.lumen.lookNow();
    const member = { kind: 'user', id: ada.ownerId, name: 'ada' } as const;
    const members = it.app.get(GroupMembersService);
    await members.add('metered', member, SYSTEM_CONTEXT);
    await it.app.get(FirstGrantsService).idle();
    const pools = it.app.get(PoolsRepository);
    expect(await pools.of(ada)).toMatchObject([{ balance: 9n, max: 4n, refresh: 1n }]);
    await members.remove('metered', member, SYSTEM_CONTEXT);
    await it.app.get(FirstGrantsService).idle();
    expect(await pools.of(ada)).toMatchObject([{ balance: 9n, max: 0n, refresh: 0n }]);
    expect(await it.paid(ada, 'm')).toBe('unlimited');
  });

  it('resolves any number of owners, and leaves out who is gone', async () => {
    await using it = await start(dialect, extra('users: { person700@example.edu: { max: 5 } }'));
    const people = await addPeople(it.lumen.dataSource, 1_201);
    const bot = await it.app.get(ClientRecordsService).create(SYSTEM_CONTEXT, { name: 'bot' });
    const owners: Owner[] = people.map(({ id }) => ({ ownerKind: 'user', ownerId: id }));
    owners.push({ ownerKind: 'client', ownerId: bot.id }, { ownerKind: 'user', ownerId: newId() });
    const resolved = await it.app.get(PolicyService).resolveMany(owners);
    expect(resolved.size).toBe(1_202);
    const sourceOf = (id: string) => resolved.get(id)?.policies.coins?.source ?? null;
    expect(sourceOf(people[700]!.id)).toBe('user person700@example.edu');
    expect(sourceOf(people[701]!.id)).toBe('group default');
    expect(sourceOf(bot.id)).toBeNull();
    expect(resolved.get(bot.id)).toMatchObject({ ownerKind: 'client', ownerName: 'bot' });
  });

  it('tells the caller every budget, limited or not', async () => {
    const own =
      'users: { dev@example.com: { default: { max: 9, refresh: 2, starting: 5 }, n: { max: 0 } } }';
    await using it = await start(dialect, extra(own));
    const { body, status } = await it.lumen.ask('GET', '/api/me/budgets');
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { unit: 'coins', model: null, kind: 'unlimited', source: 'group default', poolId: null },
      {
        ...{ unit: 'tokens', model: null, kind: 'limited', source: 'user dev@example.com' },
        ...{ balance: '5', held: '0', available: '5', max: '9', refresh: '2' },
        nextRefreshAmount: '2',
        nextRefreshAt: expect.stringMatching(/Z$/) as unknown,
        fullAt: expect.stringMatching(/Z$/) as unknown,
      },
      { unit: 'tokens', model: 'n', kind: 'blocked', balance: '0', nextRefreshAt: null },
    ]);
    const me = (await it.lumen.ask('GET', '/api/me')).body;
    expect(me).toMatchObject({ email: 'dev@example.com', budgets: body });
  });

  it('says in the rule tester which policy would win', async () => {
    await using it = await start(dialect, extra('admins: [dev@example.com]'));
    const draft = { name: 'testers', rules: [{ field: 'idp', equals: 'x' }] };
    const { body, status } = await it.lumen.ask('POST', '/api/admin/groups/test', {
      claims: { idp: 'x' },
      email: 'somebody@b.edu',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ budgets: [{ kind: 'unlimited', source: 'group default' }] });
    await it.lumen.configure(
      extra('admins: [dev@example.com]')(it.lumen.databaseUrl).replace('max: -2', 'max: 0'),
    );
    await it.lumen.lookNow();
    const tested = await it.lumen.ask('POST', '/api/admin/groups/test', {
      claims: { idp: 'x' },
      draft,
    });
    expect(tested.body).toMatchObject({
      budgets: [
        {
          ...{ unit: 'coins', model: null, kind: 'limited', source: 'group testers' },
          ...{ max: '7', refresh: '1', starting: '7' },
        },
      ],
    });
  });
});
