import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from './load-configuration.js';
import {
  configurationText as yaml,
  loadText,
  pathsOf as paths,
  problemsOf as problems,
  SECRETS,
} from './testing/configuration-text.js';

const load = (text: string) => loadText(text).config;

describe('loadConfiguration', () => {
  it.each(['seed-readme', 'seed-admin'])('loads %s.yaml', (name) => {
    const text = readFileSync(`test/fixtures/${name}.yaml`, 'utf8');
    expect(problems(text).errors).toEqual([]);
  });

  it('gives the keys of the first seed their meaning', () => {
    const config = load(readFileSync('test/fixtures/seed-readme.yaml', 'utf8'));
    expect(config.app.devUser).toEqual({ email: 'dev@example.com', groups: [] });
    expect(config.app.database).toMatchObject({ poolSize: 20, maxOverflow: 30, poolTimeoutS: 10 });
    expect(config.oauth2.params).toEqual({ idphint: 'urn:mace:incommon:uiuc.edu' });
    expect(config.models.map(({ name, disabled }) => [name, disabled])).toEqual([
      ['dummy', false],
      ['gpt-4o', false],
      ['llama3', false],
      ['retired', true],
    ]);
    expect(config.groups['default']?.tokens['default']).toEqual({
      max: 0,
      refresh: 0,
      starting: 0,
    });
    const staff = config.groups['uiuc-staff'];
    expect(staff?.rules).toEqual([
      { field: 'affiliation', contains: 'staff@illinois.edu', equals: null },
      { field: 'idp', contains: null, equals: 'urn:mace:incommon:uiuc.edu' },
    ]);
    expect(staff?.tokens['default']).toEqual({ max: 500_000, refresh: 10_000, starting: 500_000 });
    expect(staff?.coins).toBeNull();
  });

  it('gives the keys of the second seed their meaning', () => {
    const config = load(readFileSync('test/fixtures/seed-admin.yaml', 'utf8'));
    expect(config.app.devUser?.groups).toEqual(['staff']);
    expect(config.groups['staff']?.coins).toEqual({ max: 20, refresh: 0.05, starting: 20 });
    expect(config.groups['staff']?.modelAccess).toEqual({
      default: 'allowed',
      allowed: [],
      needsAck: ['experimental'],
      blocked: ['deprecated'],
    });
    expect(config.clients['default']?.modelAccess).toMatchObject({
      default: 'blocked',
      allowed: ['dummy'],
    });
    expect(config.chat).toMatchObject({
      remove: 'delete',
      upload: { maxSizeMb: 10, maxTextChars: 100_000 },
    });
    expect(config.prometheus.enabled).toBe(true);
    expect(config.prometheus.token?.reveal()).toBe('scrape-me');
  });

  it('is complete with the two secrets alone', () => {
    const config = load(yaml());
    expect(config.app).toMatchObject({
      name: 'Lumen',
      port: 5000,
      host: '0.0.0.0',
      debug: false,
      devUser: null,
    });
    expect(config.app.database.url.reveal()).toBe('sqlite:///lumen.db');
    expect(config.app.apiKeySecret.reveal()).toBe(SECRETS.encryption_key);
    expect(config.upstream.timeouts).toEqual({
      connectS: 5,
      firstTokenS: 120,
      idleS: 60,
      totalS: 900,
    });
    expect(config.models).toEqual([]);
  });

  it('freezes everything', () => {
    const config = load(readFileSync('test/fixtures/seed-admin.yaml', 'utf8'));
    const open: string[] = [];
    const visit = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) open.push(at);
      for (const [name, entry] of Object.entries(value)) visit(entry, `${at}.${name}`);
    };
    visit(config, 'config');
    expect(open).toEqual([]);
  });

  it.each([
    [undefined, 'allowed'],
    [1, 'allowed'],
    [2, 'blocked'],
  ])('with version %s models are %s unless something decides', (version, access) => {
    expect(load(yaml(version ? { version } : {})).defaults.models.access).toBe(access);
    const stated = yaml({
      ...(version ? { version } : {}),
      defaults: { models: { access: 'graylist' } },
    });
    expect(load(stated).defaults.models.access).toBe('needs_ack');
  });

  it('listens to this machine only while debugging', () => {
    expect(load(yaml({}, { debug: true })).app.host).toBe('127.0.0.1');
    expect(load(yaml({}, { debug: true, host: '0.0.0.0' })).app.host).toBe('0.0.0.0');
  });

  it.each([
    ['groups:', {}],
    ['groups: {default: }', { default: {} }],
    ['groups: {default: {default: , rules: , model_access: , gpt-4o: {}}}', { default: {} }],
    ['admins:\nusers:\nmodels:\nclients: {}\nchat: {upload: }\nbranding:', undefined],
  ])('takes the empty sections in %j for empty', (section, groups) => {
    const config = load(`${yaml()}\n${section}`);
    if (groups) expect(Object.keys(config.groups)).toEqual(Object.keys(groups));
    for (const group of Object.values(config.groups)) {
      expect(group).toMatchObject({
        coins: null,
        tokens: {},
        rules: [],
        modelAccess: { default: null },
      });
    }
    expect(config.admins).toEqual([]);
  });

  it.each([
    [true, true],
    ['yes', true],
    [2, 2],
    ['10.0.0.1', ['10.0.0.1']],
    [['10.0.0.0/8'], ['10.0.0.0/8']],
  ])('reads trust_proxy %j as %j', (value, expected) => {
    expect(load(yaml({}, { trust_proxy: value })).app.trustProxy).toEqual(expected);
  });

  it('drops the slash at the end of a backend, but not of what is registered elsewhere', () => {
    const models = [{ name: 'm', endpoints: [{ url: 'http://h/v1/' }] }];
    const config = load(yaml({ models, oauth2: { redirect_uri: 'https://l/callback/' } }));
    expect(config.models[0]?.endpoints[0]?.url).toBe('http://h/v1');
    expect(config.oauth2.redirectUri).toBe('https://l/callback/');
  });

  it.each([
    ['20 MB', 20_000_000],
    ['512 KiB', 524_288],
    [4096, 4096],
  ])('reads the size %j as %d bytes', (size, expected) => {
    expect(load(yaml({ limits: { body_bytes: size } })).limits.bodyBytes).toBe(expected);
  });

  it('compares e-mail addresses in lower case', () => {
    const config = load(
      yaml({
        admins: ['Ada@Example.EDU'],
        users: { 'Bob@X.edu': { groups: 'a' } },
        groups: { a: {} },
      }),
    );
    expect(config.admins).toEqual(['ada@example.edu']);
    expect(config.users['bob@x.edu']?.groups).toEqual(['a']);
    expect(paths(problems(yaml({ users: { 'a@x.edu': {}, 'A@x.edu': {} } })).errors)).toEqual([
      'users["A@x.edu"]',
    ]);
  });

  it('tells pools of tokens for models from coins and from unknown keys', () => {
    const group = {
      max: 5,
      default: { max: 10 },
      'gpt-4o': { max: 7, refresh: 1 },
      refesh: 1,
      note: { a: 'b' },
    };
    const text = yaml({
      groups: { g: group },
      models: [{ name: 'gpt-4o', endpoints: [{ url: 'http://h/v1' }] }],
    });
    expect(load(text).groups['g']).toMatchObject({
      coins: { max: 5, refresh: 0, starting: 5 },
      tokens: { default: { max: 10 }, 'gpt-4o': { max: 7, refresh: 1, starting: 7 } },
    });
    expect(paths(problems(text).warnings)).toEqual(
      expect.arrayContaining(['groups.g.refesh', 'groups.g.note']),
    );
  });
});

describe('errors', () => {
  it('come all at once, with path, what was found and what is allowed', () => {
    const { errors } = problems(
      yaml(
        {
          models: [{ name: 'm', endpoints: [{ url: 'localhost:9999' }, { api_key: 'k' }] }],
          groups: { g: { max: -3 } },
          rate_limiting: { limit: 'often' },
          chat: { remove: 'burn' },
        },
        { port: 'http', debug: 'maybe' },
      ),
    );
    expect(paths(errors)).toEqual([
      'app.debug',
      'app.port',
      'models[0].endpoints[0].url',
      'models[0].endpoints[1].url',
      'groups.g.max',
      'chat.remove',
      'rate_limiting.limit',
    ]);
    expect(errors.find(({ path }) => path === 'chat.remove')).toEqual({
      path: 'chat.remove',
      message: 'has a wrong value',
      found: 'the text "burn"',
      expected: 'one of hide, delete',
    });
    expect(errors.find(({ path }) => path === 'models[0].endpoints[1].url')?.message).toBe(
      'is missing',
    );
  });

  it.each([
    ['app.secret_key', 12_345_678_901_234],
    ['app.encryption_key', ['hunter2']],
    ['app.database_url', 'mysql://root:hunter2@db/lumen'],
    ['rate_limiting.storage_url', 'http://:hunter2@redis'],
    ['oauth2.client_secret', { value: 'hunter2' }],
    ['prometheus.token', false],
  ])('never show the secret at %s', (path, value) => {
    const [section = '', key = ''] = path.split('.');
    const text =
      section === 'app' ? yaml({}, { [key]: value }) : yaml({ [section]: { [key]: value } });
    const { errors } = problems(text);
    expect(paths(errors)).toEqual([path]);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|12345678901234/);
  });

  it('do not show credentials within addresses', () => {
    const { errors } = problems(
      yaml({ models: [{ name: 'm', endpoints: [{ url: 'http://u:hunter2@h/v1' }] }] }),
    );
    expect(errors[0]?.found).toBe('the text "http://…@h/v1"');
  });

  it('name the place where a YAML error is and nothing of the text there', () => {
    const { errors } = problems('app:\n  secret_key: "hunter2\n  debug: true\n');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/^The file is not valid YAML at line \d+, column \d+: /);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  it.each([
    ['a list', '- a'],
    ['a text', 'hello'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a tag', 'app: !!js/function x'],
    ['a key twice', 'app: {}\napp: {}'],
    ['100,000 brackets', '['.repeat(100_000)],
  ])('refuse %s as a file', (_what, text) => {
    expect(paths(problems(text).errors)).toEqual(['']);
  });

  it.each(['', '\n# nothing\n', '---\n', '~'])(
    'say what is missing in the empty file %j',
    (text) => {
      expect(paths(problems(text).errors)).toEqual(['app.secret_key', 'app.encryption_key']);
    },
  );

  it('hint at quotes where YAML takes a text for something else', () => {
    const { errors } = problems(yaml({ models: [{ name: 2024 }] }));
    expect(errors[0]?.found).toBe('2024 without quotes');
  });
});

describe('hostile files', () => {
  it('may not name __proto__, and other names of Object.prototype are only names', () => {
    expect(paths(problems(`${yaml()}\ngroups: {__proto__: {max: 5}}`).errors)).toEqual([
      'groups.__proto__',
    ]);
    const config = load(yaml({ groups: { constructor: { max: 1 } }, users: {} }));
    expect(config.groups['constructor']?.coins?.max).toBe(1);
    expect(config.users['constructor']).toBeUndefined();
    expect(({} as Record<string, unknown>)['max']).toBeUndefined();
  });

  it.each([
    ['a billion laughs', billionLaughs()],
    ['a value within itself', 'app: &a {b: *a}'],
    ['10 MB', `app: {}\n${'# padding\n'.repeat(1_000_000)}`],
    ['10 MB of keys', Array.from({ length: 600_000 }, (_, i) => `key_number_${i}: 1`).join('\n')],
  ])('are refused in little time: %s', (_what, text) => {
    const before = process.cpuUsage();
    expect(loadConfiguration({ text, env: {} }).ok).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });
});

function billionLaughs(): string {
  const lines = ['l0: &l0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level += 1) {
    lines.push(
      `l${level}: &l${level} [${Array(10)
        .fill(`*l${level - 1}`)
        .join(', ')}]`,
    );
  }
  return lines.join('\n');
}
