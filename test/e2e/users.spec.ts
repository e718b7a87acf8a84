import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runLumenQuickly } from '../support/lumen/lumen-command.js';
import { DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { until } from '../support/until.js';

const EXTRA = `
admins: [admin@x.edu]
engineers:
superadmins:
users:
clients:
  research-bot: { max: 5 }
`;
const GROUPS = `
  staff:
    rules: [{ field: affiliation, contains: staff@ }]
  closed: { disabled: true }
`;

/** Each command is a process that starts. */
const SEVERAL_COMMANDS_MS = 60_000;

describe.each(DIALECTS)('lumen users and init-db on %s', (dialect) => {
  let server: LumenServer;

  beforeAll(async () => {
    server = await LumenServer.start({ dialect, extra: EXTRA, groups: GROUPS });
    await server.createKey('Ada@X.edu');
    await server.createKey('admin@x.edu');
  });

  afterAll(() => server.stop());

  const lumen = (...args: string[]) => runLumenQuickly(args, server.directory, server.environment);

  it(
    'lists people with their roles, for eyes and for programs',
    async () => {
      expect((await server.command('users', 'list')).split('\n')).toEqual([
        'ada@x.edu\tada\tactive\tuser',
        'admin@x.edu\tadmin\tactive\tuser,admin,engineer,superadmin,auditor',
      ]);
      const people = JSON.parse(await server.command('users', 'list', '--json')) as unknown[];
      expect(people).toMatchObject([
        { email: 'ada@x.edu', isActive: true, roles: ['user'], lastLoginAt: null },
        { email: 'admin@x.edu' },
      ]);
    },
    SEVERAL_COMMANDS_MS,
  );

  it(
    'grants and removes roles',
    async () => {
      expect(await server.command('users', 'role', 'ADA@x.edu', 'auditor')).toBe(
        'ada@x.edu has the roles user, auditor.',
      );
      expect(await server.command('users', 'role', 'ada@x.edu', 'auditor', '--remove')).toBe(
        'ada@x.edu has the roles user.',
      );
    },
    SEVERAL_COMMANDS_MS,
  );

  it.each([
    [['users', 'role', 'ada@x.edu', 'king'], /"king" is no role\. There are admin, engineer/],
    [['users', 'role', 'nobody@x.edu', 'admin'], /does not know nobody@x\.edu/],
    [['users', 'role', 'ada@x.edu', 'admin', '--remove'], /does not have the role admin/],
    [['users', 'role', 'admin@x.edu', 'admin', '--remove'], /config\.yaml gives admin@x\.edu/],
    [['users', 'role', 'admin@x.edu', 'auditor', '--remove'], /because of another role/],
    [['users', 'deactivate', 'nobody@x.edu'], /does not know nobody@x\.edu/],
    [['users', 'deactivate', 'admin@x.edu'], /is the last superadmin/],
    [['users', 'deactivate'], /missing required argument 'email'/],
  ])('%j says why not and fails', async (args, message) => {
    const { code, stderr } = await lumen(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ at .*\.js:/);
  });

  it(
    'stops the keys of whoever is deactivated in the running server, and lets them in again',
    async () => {
      const key = await server.createKey('eve@x.edu');
      const status = async () => {
        const headers = { authorization: `Bearer ${key}` };
        return (await fetch(`${server.url}/v1/models`, { headers })).status;
      };
      expect(await status()).toBe(200);
      await server.command('users', 'deactivate', 'eve@x.edu');
      await until(async () => (await status()) !== 200);
      await server.command('users', 'activate', 'eve@x.edu');
      await until(async () => (await status()) === 200);
    },
    SEVERAL_COMMANDS_MS,
  );

  it(
    'says with init-db what of the file is in force, again and again',
    async () => {
      const expected = [
        'models (0): none',
        'groups (3): default, staff, closed (disabled)',
        'groups of the console (0): none',
        'clients (1): research-bot',
      ];
      expect((await server.command('init-db')).split('\n').slice(0, 4)).toEqual(expected);
      expect((await server.command('init-db')).split('\n')).toEqual([
        ...expected,
        'clients made now (0): none',
      ]);
    },
    SEVERAL_COMMANDS_MS,
  );
});

describe('lumen', () => {
  it.each([
    [['users', 'list']],
    [['users', 'role']],
    [['users', 'deactivate']],
    [['users', 'activate']],
    [['init-db']],
  ])('%j has help', async (args) => {
    const { code, stdout } = await runLumenQuickly([...args, '--help'], process.cwd(), {});
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: lumen ${args.join(' ')}`);
  });
});
