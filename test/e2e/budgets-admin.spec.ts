import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type CommandResult, runLumen, runLumenQuickly } from '../support/lumen/lumen-command.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { onDatabaseOf } from '../support/lumen/server-database.js';

const CONFIGURATION = `
admins: [dev@example.com]
engineers: [e@example.edu]
users:
  dev@example.com: { max: 10, refresh: 0, starting: 5 }
clients:
  bot: { max: 20, refresh: 0, starting: 20 }
`;

describe.each(DIALECTS)('budgets in the hands of administrators on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let admin: BrowserSession;
  let poolId: string;

  beforeAll(async () => {
    server = running.use(await LumenServer.start({ dialect, extra: CONFIGURATION }));
    admin = await BrowserSession.start(server);
    const budgets = (await (await admin.fetch('/api/me/budgets')).json()) as { poolId: string }[];
    poolId = budgets[0]!.poolId;
  });

  afterAll(() => running.disposeAsync());

  const lumen = (...args: string[]): Promise<CommandResult> =>
    runLumen(args, server.directory, server.environment);

  const adjust = (amount: string) =>
    admin.fetch(`/api/admin/budgets/pools/${poolId}/adjust`, 'POST', { amount, reason: 'test' });

  it('are adjusted in the browser and at the terminal, and each says what it did', async () => {
    expect(await (await adjust('2.5')).json()).toMatchObject({ pool: { balance: '7.5' } });
    const taken = await lumen('budgets', 'adjust', poolId, '-1.5', '--reason', 'a mistake');
    expect(taken).toMatchObject({
      code: 0,
      stdout: 'The balance went from 7.5 coins to 6 coins.\n',
    });
    const given = await lumen('budgets', 'gift', poolId, '100', '--reason', 'a prize', '--json');
    expect(JSON.parse(given.stdout)).toMatchObject({ pool: { balance: '106' }, change: '100' });
    const reset = await lumen('budgets', 'reset', poolId, '--reason', 'a new term');
    expect(reset.stdout).toBe('The balance went from 106 coins to 5 coins.\n');
    const page: unknown = await (
      await admin.fetch(`/api/admin/budgets/pools/${poolId}/ledger`)
    ).json();
    expect(page).toMatchObject({
      total: 5,
      items: [
        { amount: '-101', reason: 'a new term', actorName: null },
        { amount: '100', reason: 'a prize' },
        { amount: '-1.5', reason: 'a mistake' },
        { amount: '2.5', reason: 'test', actorName: 'dev@example.com' },
        { kind: 'grant', amount: '5' },
      ],
    });
  });

  it('are listed and shown at the terminal', async () => {
    const shown = await lumen('budgets', 'show', 'DEV@example.com');
    expect(shown.stdout).toBe(
      `${[poolId, 'coins', '-', 'limited', '5', '0', '10', '0', 'user dev@example.com'].join('\t')}\n`,
    );
    const bot = await lumen('budgets', 'show', 'bot', '--json');
    expect(JSON.parse(bot.stdout)).toMatchObject([{ balance: '20', source: 'client bot' }]);
    const listed = await lumen('budgets', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { ownerName: 'bot', balance: '20' },
      { id: poolId, ownerName: 'dev@example.com', balance: '5' },
    ]);
    const found = await lumen('budgets', 'list', '--search', 'dev@');
    expect(found.stdout.split('\n')).toHaveLength(2);
  });

  it.each([
    [['budgets', 'show', 'nobody@example.edu'], /neither a person nor a client/],
    [['budgets', 'adjust', 'POOL', '1e400', '--reason', 'x'], /not an amount of coins/],
    [['budgets', 'adjust', 'POOL', '-5.1', '--reason', 'x'], /at most 5 can be taken away/],
    [['budgets', 'adjust', 'POOL', '1'], /required option '--reason <text>'/],
    [['budgets', 'reset', 'nonsense', '--reason', 'x'], /no budget pool with this id/],
  ])(
    'refuses %j',
    async (args, why) => {
      const ofPool = args.map((text) => text.replace('POOL', poolId));
      const { directory, environment } = server;
      const { code, stderr } = await runLumenQuickly(ofPool, directory, environment);
      expect(code).toBe(1);
      expect(stderr).toMatch(why);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    60_000,
  );

  it('add up at every moment while they are changed', async () => {
    let isDone = false;
    const changing = (async () => {
      for (let turn = 0; !isDone; turn += 1) {
        expect((await adjust(turn % 2 === 0 ? '1' : '-1')).status).toBe(200);
      }
    })();
    const { code, stdout } = await lumen('ledger', 'verify');
    isDone = true;
    await changing;
    expect(stdout).toMatch(/^The books add up: \d+ pools, 0 holds, \d+ ledger entries\.\n$/);
    expect(code).toBe(0);
  });

  it('are reported when they do not add up, with the pool and what is off', async () => {
    await onDatabaseOf(server, (database) =>
      database.query(`UPDATE pools SET balance = balance + 3 WHERE id = '${poolId}'`),
    );
    const { code, stdout } = await lumen('ledger', 'verify');
    expect(code).toBe(1);
    expect(stdout).toContain(
      `balance_differs_from_ledger  pool ${poolId} (user dev@example.com, coins, all models): the balance is`,
    );
    const asJson = await lumen('ledger', 'verify', '--json');
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      isSound: false,
      pools: 2,
      faults: [
        {
          ...{ kind: 'balance_differs_from_ledger', poolId, ownerName: 'dev@example.com' },
          ...{ unit: 'coins', model: null, requestId: null },
        },
      ],
    });
  });
});
