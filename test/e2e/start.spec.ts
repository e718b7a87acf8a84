import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  configurationText,
  LumenServer,
  type LumenOptions,
} from '../support/lumen/lumen-server.js';
import { runLumen } from '../support/lumen/lumen-command.js';
import { modelWith } from '../support/lumen/models.js';

/** What a start that fails says, line by line; it must end with exit code 1. */
async function failedStart(
  options: LumenOptions,
  configure?: (server: LumenServer) => Promise<void>,
) {
  await using server = await LumenServer.prepare(options);
  await configure?.(server);
  await expect(server.launch()).rejects.toThrow('Lumen ended with 1');
  return server.errors.filter((line) => line !== '');
}

describe('a start that cannot succeed', () => {
  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const lines = await failedStart({ environment: { PORT: String(port) } });
    other.close();
    expect(lines).toEqual([expect.stringMatching(/port is taken.*PORT=/)]);
  });

  it('says in one line that the database cannot be reached', async () => {
    const lines = await failedStart({}, (server) =>
      server.configure(configurationText('postgres://lumen:secret@127.0.0.1:1/lumen')),
    );
    expect(lines).toEqual([
      expect.stringMatching(/database cannot be reached.*app\.database\.url/),
    ]);
    expect(lines.join()).not.toContain('secret');
  });

  it('says in one line that a migration is pending', async () => {
    await using ready = await LumenServer.prepare({ dialect: 'postgres' });
    const upgraded = await ready.command('db', 'status');
    expect(upgraded).toMatch(/^applied /);
    const text = await ready.configuration();
    const empty = text.replace(/(database_url: .*\/)\w+/, '$1postgres');
    const lines = await failedStart({}, (server) => server.configure(empty));
    expect(lines).toEqual([expect.stringContaining('Run "./lumen db upgrade"')]);
  });

  it('says in one line that the SQLite file cannot be used', async () => {
    const lines = await failedStart({}, (server) =>
      server.configure(configurationText('sqlite:////dev/null/lumen.db')),
    );
    expect(lines).toEqual([expect.stringMatching(/SQLite file cannot be used|cannot write/)]);
  });

  it('says in one line that there is no configuration', async () => {
    const lines = await failedStart({ environment: { CONFIG_YAML: 'elsewhere.yaml' } });
    expect(lines).toEqual([expect.stringMatching(/no elsewhere\.yaml.*config\.yaml\.example/)]);
  });

  it('says everything that is wrong with the configuration in one go', async () => {
    const lines = await failedStart(
      { models: '[{ endpoints: [{ url: nonsense }] }]' },
      async (server) =>
        server.configure((await server.configuration()).replace('debug: true', 'debug: perhaps')),
    );
    const text = lines.join('\n');
    expect(text).toContain('app.debug');
    expect(text).toContain('models[0].name');
    expect(text).toContain('models[0].endpoints[0].url');
    expect(text).not.toContain('    at ');
  });

  it('refuses dev_user without debug', async () => {
    const lines = await failedStart({}, async (server) =>
      server.configure((await server.configuration()).replace('debug: true', 'debug: false')),
    );
    expect(lines.join('\n')).toContain('dev_user');
  });
});

describe('a configuration that changes while Lumen runs', () => {
  it('takes effect without a restart, and a broken one changes nothing', async () => {
    await using server = await LumenServer.start({
      models: modelWith('one', { url: 'http://127.0.0.1:1/v1' }),
    });
    const key = await server.createKey();
    const modelIds = async () => {
      const answer = await fetch(`${server.url}/v1/models`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return ((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
    };
    expect(await modelIds()).toEqual(['one']);
    const text = await server.configuration();

    await server.configure(text.replace('"one"', '"two"'));
    await server.nextLine((line) => String(line['msg']).startsWith('config.yaml reloaded'));
    expect(await modelIds()).toEqual(['two']);

    await server.configure(`${text.replace('"one"', '"three"')}\nchat: { remove: sometimes }\n`);
    const warning = await server.nextLine((line) => String(line['msg']).includes('broken'));
    expect(warning).toMatchObject({
      level: 'warn',
      msg: expect.stringContaining('chat.remove') as unknown,
    });
    expect(await modelIds()).toEqual(['two']);
  });
});

/** Each command is a process that starts. */
const SEVERAL_COMMANDS_MS = 60_000;

/** A migration's name ends with the time it was made. */
const timeOf = (line: string) => Number(/\d+$/.exec(line)?.[0]);

describe('lumen', () => {
  it(
    'upgrades one database from several processes at once, each step once',
    async () => {
      for (const dialect of ['sqlite', 'postgres'] as const) {
        await using server = await LumenServer.prepareEmpty({ dialect });
        const outputs = await Promise.all([1, 2, 3].map(() => server.command('db', 'upgrade')));
        const applied = outputs
          .flatMap((text) => text.split('\n'))
          .filter((line) => line.startsWith('applied'));
        expect(new Set(applied).size).toBe(applied.length);
        expect(applied.length).toBeGreaterThan(0);
        expect(await server.command('db', 'status')).toBe(
          applied.toSorted((one, other) => timeOf(one) - timeOf(other)).join('\n'),
        );
      }
    },
    SEVERAL_COMMANDS_MS,
  );

  it(
    'checks a configuration and fails when it is wrong',
    async () => {
      await using server = await LumenServer.prepare();
      expect(await server.command('config', 'check')).toContain('valid');
      await server.configure('app: { debug: 7 }');
      const result = await runLumen(['config', 'check'], server.directory, server.environment);
      expect(result.code).toBe(1);
      expect(result.stderr).toContain('app.debug');
    },
    SEVERAL_COMMANDS_MS,
  );

  it.each([
    [['--help']],
    [['keys', 'create', '--help']],
    [['db', '--help']],
    [['config', 'check', '--help']],
  ])('explains %j', async (args) => {
    await using server = await LumenServer.prepare();
    expect(await server.command(...args)).toContain('Usage: lumen');
  });

  it.each([
    [['nonsense'], /unknown command/],
    [['keys', 'create', '--name', 'x'], /--user/],
    [['keys', 'create', '--user', 'not-an-address', '--name', 'x'], /not an e-mail address/],
    [['keys', 'create', '--user', 'a@b', '--name', ' '], /1 to 200 characters/],
  ])('refuses %j with a reason', async (args, reason) => {
    await using server = await LumenServer.prepare();
    const result = await runLumen(args, server.directory, server.environment);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(reason);
    expect(result.stderr).not.toContain('    at ');
    expect(result.stdout).toBe('');
  });

  it(
    'prints the key alone with --quiet, and lists whom it was made for',
    async () => {
      await using server = await LumenServer.prepare();
      const create = ['keys', 'create', '--user', 'Grace@Example.edu', '--name', 'x', '--quiet'];
      expect(await server.command(...create)).toMatch(/^sk_[\w-]{43}$/);
      expect(await server.command('users', 'list')).toBe('grace@example.edu\tgrace\tactive\tuser');
    },
    SEVERAL_COMMANDS_MS,
  );
});
