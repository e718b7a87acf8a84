import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AdjustmentsService } from '../../../server/src/budgets/ledger/adjustments.service.js';
import { Hold } from '../../../server/src/budgets/holds/hold.entity.js';
import { checkLedger } from '../../../server/src/budgets/ledger/ledger-check.js';
import { Pool } from '../../../server/src/budgets/pools/pool.entity.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type User } from '../../../server/src/users/user.entity.js';
import { LedgerRows } from '../../support/budgets/ledger-rows.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

const COIN = 1_000_000_000n;
const CONFIGURATION = `
admins: [admin@x.edu]
engineers: [engineer@x.edu]
superadmins: [root@x.edu]
log: { level: error }
users:
  ada@x.edu: { max: 10, refresh: 1, starting: 5 }
  dev@example.com: { max: 10, refresh: 1, starting: 5 }
`;

describe.each(DIALECTS)('pools changed by people on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let lumen: InProcessLumen;
  let rows: LedgerRows;
  let ada: User;
  let pool: Pool;

  beforeAll(async () => {
    lumen = running.use(
      await InProcessLumen.start(dialect, (url) =>
        configurationText(url, { extra: CONFIGURATION }),
      ),
    );
    rows = new LedgerRows(lumen.dataSource);
    ada = await addPerson(lumen.dataSource, 'ada@x.edu');
    await addPerson(lumen.dataSource, 'auditor@x.edu', { grantedRoles: ['auditor'] });
  });

  afterAll(() => running.disposeAsync());

  /** Ada has 8 coins, of which 2 are held, and once had 8 given. */
  beforeEach(async () => {
    await rows.clear();
    const amounts = { balance: 8n * COIN, held: 2n * COIN, max: 10n * COIN };
    pool = await rows.pool(ada.id, amounts);
    await rows.entry(pool.id, 'grant', 8n * COIN);
    await rows.hold({ coinPoolId: pool.id, coins: 2n * COIN });
  });

  const post = (verb: string, body: object, id = pool.id) =>
    lumen.ask('POST', `/api/admin/budgets/pools/${id}/${verb}`, body);
  const reason = 'The seminar needs more';
  const soundness = async () => (await checkLedger(lumen.dataSource)).faults;

  describe.each(['user', 'engineer', 'auditor', 'admin', 'root'])('asked by %s', (who) => {
    beforeAll(() => lumen.logInAs(`${who}@x.edu`));

    it.each([
      ['GET', 'budgets/pools', undefined],
      ['GET', 'budgets/pools/ID/ledger', undefined],
      ['GET', 'users/OWNER/budgets', undefined],
      ['POST', 'budgets/pools/ID/adjust', { amount: '1', reason }],
      ['POST', 'budgets/pools/ID/gift', { amount: '1', reason }],
      ['POST', 'budgets/pools/ID/reset', { reason }],
    ] as const)('%s %s', async (method, path, body) => {
      const allowed = method === 'GET' ? ['auditor', 'admin', 'root'] : ['admin', 'root'];
      const url = `/api/admin/${path.replace('ID', pool.id).replace('OWNER', ada.id)}`;
      const { status } = await lumen.ask(method, url, body);
      expect(status).toBe(allowed.includes(who) ? 200 : 403);
      expect(await soundness()).toEqual([]);
    });

    it('shows nobody the ledger of somebody else as their own', async () => {
      const { status } = await lumen.ask('GET', `/api/me/budgets/${pool.id}/ledger`);
      expect(status).toBe(404);
    });
  });

  describe('asked by an administrator', () => {
    beforeAll(() => lumen.logInAs('admin@x.edu'));

    it('adds, with who did it and why in the ledger and the audit log', async () => {
      const { status, body } = await post('adjust', { amount: '0.000000001', reason });
      expect({ status, body }).toMatchObject({
        status: 200,
        body: {
          pool: {
            balance: '8.000000001',
            held: '2',
            available: '6.000000001',
            ownerName: ada.email,
          },
          change: '0.000000001',
          explanation: 'The balance went from 8 coins to 8.000000001 coins.',
        },
      });
      const { body: page } = await lumen.ask('GET', `/api/admin/budgets/pools/${pool.id}/ledger`);
      expect(page).toMatchObject({
        total: 2,
        items: [
          { kind: 'adjustment', amount: '0.000000001', reason, actorName: 'admin@x.edu' },
          { kind: 'grant', amount: '8', reason: null, actorName: null },
        ],
      });
      const [line] = await lumen.dataSource
        .getRepository(AuditEntry)
        .find({ where: { action: 'budget.adjust' }, order: { id: 'DESC' }, take: 1 });
      expect(line).toMatchObject({
        actorName: 'admin@x.edu',
        objectId: pool.id,
        objectName: 'ada@x.edu: coins for all models',
        before: { balance: '8' },
        after: { balance: '8.000000001', change: '0.000000001' },
        reason,
      });
      expect(await soundness()).toEqual([]);
    });

    it('takes down to what is held, and says so beyond that', async () => {
      expect(await post('adjust', { amount: '-6.000000001', reason })).toMatchObject({
        status: 409,
        body: {
          error: {
            code: 'conflict',
            message: expect.stringContaining('at most 6 can be taken'),
            details: { balance: '8', held: '2', takeable: '6' },
          },
        },
      });
      expect((await post('adjust', { amount: '-6', reason })).body).toMatchObject({
        pool: { balance: '2', available: '0' },
      });
      expect((await post('adjust', { amount: '-9', reason })).status).toBe(409);
      expect(await soundness()).toEqual([]);
    });

    it('gives to a pool that holds more than it has', async () => {
      const values = { scope: 'm', balance: COIN, held: 4n * COIN };
      const { id } = await rows.pool(ada.id, values);
      expect((await post('adjust', { amount: '1', reason }, id)).status).toBe(200);
      expect((await post('adjust', { amount: '-1', reason }, id)).status).toBe(409);
    });

    it('gives more than the max, up to what a pool can have', async () => {
      expect((await post('gift', { amount: '100', reason })).body).toMatchObject({
        pool: { balance: '108' },
        explanation: expect.stringContaining("more than the pool's 10 coins"),
      });
      expect(await post('gift', { amount: '1000000000', reason })).toMatchObject({
        status: 409,
        body: { error: { details: { most: '1000000000' } } },
      });
      expect((await post('gift', { amount: '-1', reason })).status).toBe(400);
      expect((await post('gift', { amount: '999999892', reason })).body).toMatchObject({
        pool: { balance: '1000000000' },
      });
      expect(await soundness()).toEqual([]);
    });

    it('resets to what the policy starts with', async () => {
      expect((await post('reset', { reason })).body).toMatchObject({
        pool: { balance: '5' },
        change: '-3',
        explanation: 'The balance went from 8 coins to 5 coins.',
      });
      expect((await post('reset', { reason })).body).toMatchObject({
        change: '0',
        explanation: 'Nothing changed: the balance is 5 coins already.',
      });
      const { body } = await lumen.ask('GET', `/api/admin/budgets/pools/${pool.id}/ledger`);
      expect(body).toMatchObject({ total: 2 });
      expect(await soundness()).toEqual([]);
    });

    it('resets no further than to what is held', async () => {
      await lumen.dataSource.query(`UPDATE pools SET held = ${7n * COIN}`);
      await lumen.dataSource.query(`UPDATE holds SET coins = ${7n * COIN}`);
      expect((await post('reset', { reason })).body).toMatchObject({
        pool: { balance: '7' },
        explanation: expect.stringContaining('which open requests hold'),
      });
      expect(await soundness()).toEqual([]);
    });

    it('has nothing to reset to where no policy limits a pool', async () => {
      const { id } = await rows.pool(ada.id, { unit: 'tokens', scope: 'gone' });
      expect(await post('reset', { reason }, id)).toMatchObject({
        status: 409,
        body: { error: { code: 'conflict' } },
      });
    });

    it.each([
      ['1e400', 'amount'],
      ['NaN', 'amount'],
      ['-0', 'amount'],
      ['0', 'amount'],
      ['0.0000000001', 'amount'],
      ['1'.repeat(40), 'amount'],
      ['10000000001', 'amount'],
      ['-1000000000.000000001', 'amount'],
      ['', 'amount'],
      [' 1', 'amount'],
      ['+1', 'amount'],
      ['1,5', 'amount'],
      ['٣', 'amount'],
      ['0x10', 'amount'],
      [1, 'amount'],
      [null, 'amount'],
      [['1'], 'amount'],
      [{ toString: '1' }, 'amount'],
    ])('refuses the amount %j and names the field', async (amount, field) => {
      for (const verb of ['adjust', 'gift']) {
        expect(await post(verb, { amount, reason })).toMatchObject({
          status: 400,
          body: {
            error: { code: 'invalid_request', details: { fields: { [field]: expect.anything() } } },
          },
        });
      }
      expect(await soundness()).toEqual([]);
    });

    it('refuses parts of a token', async () => {
      const { id } = await rows.pool(ada.id, { unit: 'tokens' });
      expect((await post('adjust', { amount: '1.5', reason }, id)).status).toBe(400);
      expect((await post('adjust', { amount: '1000000000000001', reason }, id)).status).toBe(400);
      expect((await post('adjust', { amount: '15', reason }, id)).body).toMatchObject({
        pool: { balance: '15', unit: 'tokens' },
      });
    });

    it.each(['', '   ', 'x'.repeat(501), 'a\nb', 'a\u0000b', 5, null, undefined])(
      'refuses the reason %j',
      async (wrong) => {
        for (const verb of ['adjust', 'gift', 'reset']) {
          const body = { ...(verb === 'reset' ? {} : { amount: '1' }), reason: wrong };
          expect(await post(verb, body)).toMatchObject({
            status: 400,
            body: { error: { details: { fields: { reason: expect.anything() } } } },
          });
        }
      },
    );

    it.each(['no-id', newId(), '%00', "' OR 1=1 --"])('knows no pool %s', async (id) => {
      const encoded = id.startsWith('%') ? id : encodeURIComponent(id);
      expect((await post('adjust', { amount: '1', reason }, encoded)).status).toBe(404);
      expect((await post('reset', { reason }, encoded)).status).toBe(404);
      const { status } = await lumen.ask('GET', `/api/admin/budgets/pools/${encoded}/ledger`);
      expect(status).toBe(404);
    });

    it('lists pools by whose they are, what they count and what is in them', async () => {
      const bot = await rows.pool(newId(), {
        ownerKind: 'client',
        balance: 900_719_925_474_099_301n,
      });
      await rows.pool(ada.id, { unit: 'tokens', scope: 'llama', balance: 7n });
      const list = async (query: string) => {
        const { body } = await lumen.ask('GET', `/api/admin/budgets/pools?${query}`);
        return body as { total: number; items: Record<string, unknown>[] };
      };
      expect(await list('sort=balance&order=desc&pageSize=1')).toMatchObject({
        total: 3,
        items: [{ id: bot.id, ownerName: null, balance: '900719925.474099301' }],
      });
      expect(await list('search=LLAMA')).toMatchObject({ total: 1, items: [{ model: 'llama' }] });
      expect(await list('search=ada%40')).toMatchObject({ total: 2 });
      expect(await list('search=%25')).toMatchObject({ total: 0 });
      expect(await list('unit=tokens')).toMatchObject({ total: 1, items: [{ balance: '7' }] });
      expect(await list('ownerKind=client')).toMatchObject({ total: 1, items: [{ id: bot.id }] });
      expect(await list(`ownerId=${ada.id}&model=`)).toMatchObject({ total: 1 });
      for (const sort of ['owner', 'unit', 'scope', 'held', 'available', 'max', 'refresh']) {
        expect((await list(`sort=${sort}&page=1`)).items).toHaveLength(3);
      }
      expect((await list('sort=available')).items[0]).toMatchObject({ balance: '7' });
    });

    it.each([
      ['pools?sort=policyVersion', 'sort'],
      ['pools?unit=euros', 'unit'],
      ['pools?ownerKind=group', 'ownerKind'],
      ['pools?ownerId=%00', 'ownerId'],
      ['pools?model=a&model=b', 'model'],
      ['pools/POOL/ledger?page=0', 'page'],
    ])('refuses %s and names the field', async (path, field) => {
      const url = `/api/admin/budgets/${path.replace('POOL', pool.id)}`;
      expect(await lumen.ask('GET', url)).toMatchObject({
        status: 400,
        body: { error: { details: { fields: { [field]: expect.anything() } } } },
      });
    });

    it('shows what somebody may spend and by whose policy', async () => {
      const { body } = await lumen.ask('GET', `/api/admin/users/${ada.id}/budgets`);
      expect(body).toEqual([
        expect.objectContaining({
          ...{ poolId: pool.id, unit: 'coins', model: null, source: 'user ada@x.edu' },
          ...{ balance: '8', held: '2', available: '6', max: '10', refresh: '1' },
        }),
      ]);
      expect((await lumen.ask('GET', `/api/admin/users/${newId()}/budgets`)).status).toBe(404);
      expect((await lumen.ask('GET', `/api/admin/clients/${newId()}/budgets`)).status).toBe(404);
    });
  });

  it('shows people their own ledger, without who adjusted it', async () => {
    await lumen.logInAs('admin@x.edu');
    await post('adjust', { amount: '-1', reason });
    await lumen.logInAs('ada@x.edu');
    const { body } = await lumen.ask('GET', `/api/me/budgets/${pool.id}/ledger?pageSize=1`);
    expect(body).toMatchObject({ total: 2, items: [{ kind: 'adjustment', amount: '-1', reason }] });
    expect(JSON.stringify(body)).not.toContain('actor');
    expect((await lumen.ask('GET', `/api/me/budgets/${newId()}/ledger`)).status).toBe(404);
  });

  it('keeps the rows through adjustments that race with holds', async () => {
    const adjustments = lumen.app.get(AdjustmentsService);
    const errand = { audit: CLI_CONTEXT, poolId: pool.id, reason };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => {
        if (index % 2 === 0) return hold(COIN / 4n);
        if (index % 10 === 9) return adjustments.reset(errand);
        return adjustments.adjust(errand, index % 4 === 1 ? '-1.5' : '0.25');
      }),
    );
    const failures = outcomes.filter(({ status }) => status === 'rejected');
    for (const { reason: why } of failures as PromiseRejectedResult[]) {
      expect(why).toMatchObject({ code: 'conflict' });
    }
    expect(failures.length).toBeLessThan(50);
    expect(await soundness()).toEqual([]);
    const row = await lumen.dataSource.query<{ fits: unknown }[]>(
      `SELECT balance >= held AS fits FROM pools WHERE id = '${pool.id}'`,
    );
    expect(Boolean(row[0]?.fits)).toBe(true);
  });

  /** What a request does before it goes upstream, in the plainest form. */
  function hold(coins: bigint): Promise<void> {
    return lumen.dataSource.transaction(async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .update(Pool)
        .set({ held: () => `held + ${coins}` })
        .where(`id = :id AND balance - held >= ${coins}`, { id: pool.id })
        .execute();
      if (affected !== 1) return;
      await manager.insert(Hold, {
        ...{ id: newId(), replicaId: newId(), openedAt: new Date(), checkpoint: '{}' },
        ...{ coinPoolId: pool.id, coins, tokenPoolId: null, tokens: 0n },
      });
    });
  }
});
